# proves: x_Windows.go is compiled everywhere; x_windows.go is not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n' | tee x_Windows.go >y_windows.go
expect 0 '[main.go x_Windows.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
