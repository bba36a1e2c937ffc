# proves: Go refuses a module whose go line is newer than itself, so that a file for older releases is never compiled.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build !go%s\n\npackage main\n' "$RELEASE" >x.go
expect 0 '[main.go] [x.go]' go list -f '{{.GoFiles}} {{.IgnoredGoFiles}}' .
sed -i 's/^go .*/go 1.99/' go.mod
expect 1 'requires go >= 1.99' go build .
