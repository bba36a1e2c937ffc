# proves: the tags of all releases up to the one that runs are set, and older ones refuse the module.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build go%s && go1.1 && go1.18\n\npackage main\n' "$RELEASE" >x.go
expect 0 '[main.go x.go]' go list -f '{{.GoFiles}}' .
sed -i 's/^go .*/go 1.99/' go.mod
expect 1 'requires go >= 1.99' go build .
