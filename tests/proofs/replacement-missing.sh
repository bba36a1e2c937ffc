# proves: a directory without a go.mod in place of a required module fails when that module is loaded; with one it works.
# go: 1.21..

module example.com/main <<<'package main; import _ "example.com/a"; func main() {}'
printf 'require example.com/a v1.0.0\nreplace example.com/a => ./a\n' >>go.mod
expect 1 'does not exist' go build .
mkdir a
echo 'package a' >a/a.go
printf 'module example.com/a\n' >a/go.mod
expect 0 '' go build .
