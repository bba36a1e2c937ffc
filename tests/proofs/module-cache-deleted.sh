# proves: go clean -modcache removes downloaded modules, so that they must be fetched again; -testcache leaves them alone.
# go: 1.21..

publish example.com/dependency v1.0.0
export GONOSUMDB='*' GOFLAGS=-mod=mod GOMODCACHE=$PWD/modules
module example.com/main <<<'package main; import _ "example.com/dependency"; func main() {}'
expect 0 '' env GOPROXY="$PROXY" go vet .
go clean -testcache
expect 0 '' env GOPROXY=off go vet .
go clean -modcache
expect 1 'module lookup disabled by GOPROXY=off' env GOPROXY=off go vet .
