# proves: in a module go get of a program installs nothing and adds a requirement; go install does the reverse.
# go: 1.21..

publish example.com/tool v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
module example.com/main <<<'package main; func main() {}'
go get example.com/tool@v1.0.0
[[ ! -e bin/tool ]] && grep -q 'example.com/tool v1.0.0' go.mod
go install example.com/tool@v1.0.0
[[ -x bin/tool ]]
