# proves: a Go older than the go line fails if it may not switch, and looks for a newer one if it may; one that is new enough works.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 0 '' go vet .
go mod edit -go=1.99
expect 1 'requires go >= 1.99' env GOTOOLCHAIN=local go vet .
expect 1 'go1.99' env GOTOOLCHAIN=auto go vet .
