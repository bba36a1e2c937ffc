# proves: go install puts a tool into GOBIN or else $GOPATH/bin, whether PATH has it or not.
# go: 1.21..

module example.com/tool <<<'package main; func main() { print("ran") }'
expect 0 '' env GOBIN="$PWD/bin" go install .
expect 127 '' env tool
expect 0 ran env PATH="$PWD/bin:$PATH" tool
