# proves: a file where Go needs a directory stops commands.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
touch file
expect 1 "$PWD/file" env GOCACHE="$PWD/file" go build -o /dev/null .
expect 1 "$PWD/file" env GOTMPDIR="$PWD/file" go build -o /dev/null .
expect 1 "$PWD/file" env GOBIN="$PWD/file" go install .
mkdir directory
expect 0 '' env GOTMPDIR="$PWD/directory" GOBIN="$PWD/directory" go install .
