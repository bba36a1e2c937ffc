# proves: a godebug directive with a setting that a release has removed is refused there; before that, it builds.
# go: 1.23..

module example.com/main <<<'package main; func main() {}'
go mod edit -go=1.23 -godebug=x509sha1=1
if since 1.24; then expect 1 'godebug' go build -o built .; else expect 0 '' go build -o built .; fi
go mod edit -dropgodebug=x509sha1 -godebug=tlsrsakex=1
if since 1.27; then expect 1 'godebug' go build -o built .; else expect 0 '' go build -o built .; fi
