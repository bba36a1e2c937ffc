# proves: `// go:build` with a blank restrains nothing, and nobody says so; without the blank it does.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '// go:build windows\n\npackage main\n' >x.go
expect 0 '[main.go x.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
expect 0 '' go vet .
printf '//go:build windows\n\npackage main\n' >x.go
expect 0 '[main.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
