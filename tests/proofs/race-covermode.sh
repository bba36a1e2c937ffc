# proves: -race takes only -covermode=atomic.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 '-covermode must be "atomic", not "count", when -race is enabled' env CGO_ENABLED=1 go test -race -covermode=count .
[[ $(CGO_ENABLED=1 go test -n -race -covermode=atomic . 2>&1) != *'must be'* ]]
