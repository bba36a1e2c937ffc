# proves: with a GOROOT that holds no Go tree go env answers, but nothing builds.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
mkdir empty
expect 0 "$PWD/empty" env GOROOT="$PWD/empty" go env GOROOT
expect 1 '' env GOROOT="$PWD/empty" go build -o /dev/null .
expect 0 '' go build -o /dev/null .
