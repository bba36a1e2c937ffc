# proves: GOFLAGS="-ldflags=-s -w" links with -s alone, and makes go env write; quotes around the word give both.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
GOFLAGS='-ldflags=-s -w' go build -o split . && [[ $(go version -m split) == *'-ldflags=-s'* && $(go version -m split) != *'-s -w'* ]]
expect 1 'arguments must be KEY=VALUE' env GOFLAGS='-ldflags=-s -w' go env GOPATH
GOFLAGS="'-ldflags=-s -w'" go build -o both . && [[ $(go version -m both) == *'-s -w'* ]]
expect 0 / env GOFLAGS="'-ldflags=-s -w'" go env GOPATH
