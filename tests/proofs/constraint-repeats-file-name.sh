# proves: a file named after a system is left out elsewhere without any constraint.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n' >x_linux.go
expect 0 '[main.go x_linux.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
expect 0 '[main.go]' env GOOS=windows go list -f '{{.GoFiles}}' .
