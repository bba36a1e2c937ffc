# proves: with a go.work in force -mod=mod and -modfile stop the command; GOWORK=off allows them.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
go work init .
expect 1 'workspace' env GOFLAGS=-mod=mod go build -o /dev/null .
cp go.mod other.mod
expect 1 'workspace' go build -modfile=other.mod -o /dev/null .
expect 0 '' env GOWORK=off go build -mod=mod -o /dev/null .
