# proves: files of another release in a Go tree are compiled with its own, and break packages; go version does not notice.
# go: 1.21..

tree mixed
rm mixed/src && mkdir mixed/src && ln -s "$(go env GOROOT)"/src/* mixed/src/
rm mixed/src/errors && cp -r "$(go env GOROOT)/src/errors" mixed/src/errors
module example.com/main <<<'package main; import _ "errors"; func main() {}'
expect 0 '' mixed/bin/go list .
echo 'package errors; func New(text string) error { return nil }' >mixed/src/errors/leftover.go
expect 0 "go$RELEASE" mixed/bin/go version
expect 1 'redeclared' mixed/bin/go build -o /dev/null errors
