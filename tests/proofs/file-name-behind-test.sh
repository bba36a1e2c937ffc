# proves: x_test_linux.go is no test but part of the package; x_linux_test.go is a test.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n' | tee x_test_linux.go >y_linux_test.go
expect 0 '[main.go x_test_linux.go] [y_linux_test.go]' env GOOS=linux go list -f '{{.GoFiles}} {{.TestGoFiles}}' .
expect 0 '[main.go] []' env GOOS=windows go list -f '{{.GoFiles}} {{.TestGoFiles}}' .
