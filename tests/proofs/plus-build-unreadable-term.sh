# proves: a term that cannot be read keeps the file out of builds, and go vet and go test fail.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n' >main_test.go
printf '// +build a-b\n\npackage main\n' >x.go
expect 0 '[x.go]' go list -tags a-b -f '{{.IgnoredGoFiles}}' .
expect 1 'invalid non-alphanumeric build constraint: a-b' go vet .
expect 1 'invalid non-alphanumeric build constraint: a-b' go test .
printf '// +build !!linux\n\npackage main\n' >x.go
printf '// Since 1.26 vet forgets its last answer only if a file that is compiled changes.\n' >>main.go
expect 1 'invalid double negative in build constraint: !!linux' go vet .
