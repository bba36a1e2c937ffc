# proves: GONOSUMDB=* and GOPRIVATE=* (and *.com) let every module in unchecked; a pattern of one's own does not.
# go: 1.21..

publish example.com/public v1.0.0
export GOPROXY=$PROXY
lookups='GOSUMDB=sum.golang.org http://127.0.0.1:9'
add() {
  module example.com/main <<<'package main; func main() {}'
  rm -f go.sum
  go get example.com/public@v1.0.0
}
expect 1 'verifying module' env "$lookups" GONOPROXY=none GOPRIVATE=example.com/team bash -c "$(declare -f module add); add"
for setting in 'GONOSUMDB=*' 'GOPRIVATE=*' 'GOPRIVATE=*.com'; do
  expect 0 '' env "$lookups" GONOPROXY=none "$setting" bash -c "$(declare -f module add); add"
done
