# proves: a flag that a subcommand does not have stops it, also one that a later release brought.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 2 'flag provided but not defined: -count' go build -count=1 .
if since 1.23; then expect 0 '' go mod tidy -diff; else expect 2 'flag provided but not defined: -diff' go mod tidy -diff; fi
