# proves: without HOME there is no place for the build cache, and builds fail; HOME, XDG_CACHE_HOME or GOCACHE give it one.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
shared=$GOCACHE
unset GOCACHE HOME
expect 1 'GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined' go build -o /dev/null .
expect 0 off go env GOCACHE
expect 0 '' env GOCACHE="$shared" GOPATH="$PWD/path" go build -o /dev/null .
