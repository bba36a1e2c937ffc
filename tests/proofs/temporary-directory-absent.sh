# proves: Go does not make GOTMPDIR or TMPDIR, and builds fail without it; a directory that is there is used.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 1 'creating work dir: stat' env GOTMPDIR="$PWD/absent" go build -o /dev/null .
expect 1 'creating work dir: stat' env TMPDIR="$PWD/absent" go build -o /dev/null .
mkdir absent
expect 0 '' env GOTMPDIR="$PWD/absent" go build -o /dev/null .
