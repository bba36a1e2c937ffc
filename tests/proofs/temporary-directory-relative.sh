# proves: a relative GOTMPDIR is looked for in the working directory of each command.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
mkdir tmp sub && echo 'package sub' >sub/sub.go
expect 0 '' env GOTMPDIR=tmp go build -o /dev/null .
cd sub
expect 1 'creating work dir: stat' env GOTMPDIR=tmp go build -o /dev/null .
expect 0 '' env GOTMPDIR="$PWD/../tmp" go build -o /dev/null .
