# proves: a toolchain line older than the go line stops go commands, which must not rewrite go.mod; one as new as it does not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
go mod edit -go="$RELEASE" -toolchain="go$RELEASE.0"
GOTOOLCHAIN=local expect 0 '' go vet .
go mod edit -go=1.21.0 -toolchain=go1.20.1
expect 1 'updates to go.mod needed' go vet .
