# proves: in x_amd64_linux.go only linux counts; in x_linux_amd64.go both do.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n' | tee x_amd64_linux.go >y_linux_amd64.go
expect 0 '[main.go x_amd64_linux.go]' env GOOS=linux GOARCH=arm64 go list -f '{{.GoFiles}}' .
expect 0 '[main.go x_amd64_linux.go y_linux_amd64.go]' env GOOS=linux GOARCH=amd64 go list -f '{{.GoFiles}}' .
expect 0 '[main.go]' env GOOS=windows GOARCH=amd64 go list -f '{{.GoFiles}}' .
