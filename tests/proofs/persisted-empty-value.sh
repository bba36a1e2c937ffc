# proves: an empty line in the file of go env -w hides Go's default; an empty variable of the environment does not.
# go: 1.21..

unset GOPROXY
goenv GOPROXY=
[[ -z $(go env GOPROXY) ]]
module example.com/main <<<'package main; import _ "example.com/x"; func main() {}'
expect 1 'GOPROXY list is not the empty string, but contains no entries' go get example.com/x@v1.0.0
goenv
expect 0 proxy.golang.org env GOPROXY= go env GOPROXY
