# proves: go install replaces the program in its own directory, and the shell goes on running another one that comes first on PATH.
# go: 1.21..

module example.com/sometool <<<'package main; func main() { println("new") }'
mkdir first && printf '#!/bin/sh\necho old\n' >first/sometool && chmod +x first/sometool
export GOBIN=$PWD/bin
go install .
expect 0 old env PATH="$PWD/first:$GOBIN:$PATH" sometool
expect 0 new env PATH="$GOBIN:$PWD/first:$PATH" sometool
