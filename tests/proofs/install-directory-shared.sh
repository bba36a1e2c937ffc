# proves: the version of a command that was installed last is the one that runs everywhere; a GOBIN for each project keeps both.
# go: 1.21..

publish example.com/tool v1.0.0 'package main; func main() { println("one") }'
publish example.com/tool v1.1.0 'package main; func main() { println("two") }'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/common
go install example.com/tool@v1.0.0
go install example.com/tool@v1.1.0
expect 0 two common/tool
GOBIN=$PWD/own go install example.com/tool@v1.0.0
expect 0 one own/tool
