# proves: go get with and without -d do the same: they write go.mod and install nothing. Since 1.23 -d is called deprecated.
# go: 1.21..

publish example.com/tool v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
for flag in '' -d; do
  module example.com/main <<<'package main; func main() {}'
  go get $flag example.com/tool@v1.0.0
  [[ ! -e bin/tool ]]
  cp go.mod "go.mod$flag.seen"
done
cmp go.mod.seen go.mod-d.seen
if since 1.23; then expect 0 '-d flag is deprecated' go get -d .; fi
