# proves: `//go:build` decides; go vet and go test fail if the `// +build` lines are others than gofmt would write.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n' >main_test.go
printf '//go:build linux\n// +build windows\n\npackage main\n' >x.go
expect 0 '[main.go x.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
expect 1 '+build lines do not match //go:build condition' go vet .
expect 1 '+build lines do not match //go:build condition' go test .
printf '//go:build (linux || darwin) && !race\n// +build linux darwin\n// +build !race\n\npackage main\n' >x.go
expect 0 '' go vet .
