# proves: Go does not make the directory that GOTMPDIR names.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'creating work dir' env GOTMPDIR="$PWD/tmp" go build -o /dev/null .
mkdir tmp
expect 0 '' env GOTMPDIR="$PWD/tmp" go build -o /dev/null .
