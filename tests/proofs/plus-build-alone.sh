# proves: Go still reads `// +build`, and gofmt adds the `//go:build` line.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '// +build windows\n\npackage main\n' >x.go
expect 0 '[main.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
expect 0 '//go:build windows' gofmt x.go
