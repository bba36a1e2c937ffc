# proves: a comment that speaks of +build early in a file fails go vet and go test; right before the package clause it does not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n' >main_test.go
printf '// see +build linux\n\npackage main\n' >x.go
expect 1 'possible malformed +build comment' go vet .
expect 1 'possible malformed +build comment' go test .
printf '// see +build linux\npackage main\n' >x.go
expect 0 '' go vet .
