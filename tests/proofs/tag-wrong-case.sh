# proves: tags are case-sensitive: Linux is never set, linux is.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build Linux || CGO\n\npackage main\n' >x.go
expect 0 '[main.go]' env GOOS=linux CGO_ENABLED=1 go list -f '{{.GoFiles}}' .
printf '//go:build linux\n\npackage main\n' >x.go
expect 0 '[main.go x.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
