# proves: GOCACHE=off stops every build; go clean and go env still run.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'build cache is disabled by GOCACHE=off, but required as of Go 1.12' env GOCACHE=off go build .
expect 0 off env GOCACHE=off go env GOCACHE
expect 0 '' go build -o /dev/null .
