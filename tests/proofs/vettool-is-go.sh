# proves: `which go tool vet` prints the path of go, which go vet cannot use; without -vettool go vet works.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
[[ $(which go tool vet || true) == */go ]]
expect 2 '-flags' go vet -vettool="$(which go)" .
expect 0 '' go vet .
