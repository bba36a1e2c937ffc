# proves: parallel go get in one module: either a run fails, or a requirement is lost, in some of many rounds; in a row, never.
# go: 1.21..

for name in a b c d e f; do publish example.com/$name v1.0.0; done
export GOPROXY=$PROXY GOSUMDB=off
failures=0
for round in 1 2 3 4 5 6 7 8; do
  module example.com/main <<<'package main; func main() {}'
  rm -f go.sum
  pids=()
  for name in a b c d e f; do go get example.com/$name@v1.0.0 >/dev/null 2>&1 & pids+=($!); done
  for pid in "${pids[@]}"; do wait $pid || failures=$((failures + 1)); done
  [[ $(grep -c '// indirect' go.mod) == 6 ]] || failures=$((failures + 1))
  ((failures == 0)) || break
done
((failures > 0))
module example.com/main <<<'package main; func main() {}'
for name in a b c d e f; do go get example.com/$name@v1.0.0; done
[[ $(grep -c '// indirect' go.mod) == 6 ]]
