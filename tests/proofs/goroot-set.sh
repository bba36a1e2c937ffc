# proves: GOROOT with the tree of something else breaks builds, and one that is absent stops every command; unset, Go finds its own.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 2 'cannot find GOROOT directory' env GOROOT=/nonexistent go version -m /nonexistent
mkdir tree
! env GOROOT="$PWD/tree" go build -o /dev/null . 2>/dev/null
expect 0 '' go build -o /dev/null .
