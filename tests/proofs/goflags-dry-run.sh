# proves: with GOFLAGS=-n go test and go build succeed and do nothing.
# go: 1.21..

module example.com/main <<<'package main; func main() { does not compile }'
expect 0 '' env GOFLAGS=-n go build -o program .
[[ ! -e program ]]
expect 1 'syntax error' go build -o program .
