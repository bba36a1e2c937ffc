# proves: programs ignore an unknown setting in GODEBUG, while a //go:debug line with it is an error.
# go: 1.21..

module example.com/main <<<'package main; func main() { print("ran") }'
expect 0 ran env GODEBUG=stackguard=1 go run .
module example.com/main <<<$'//go:debug stackguard=1\n\npackage main\n\nfunc main() {}'
expect 1 'unknown' go build -o /dev/null .
