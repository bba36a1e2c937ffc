# proves: with GOFLAGS=-mod=vendor stored, go install package@version fails, and so do modules without a vendor directory.
# go: 1.21..

publish example.com/tool v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
goenv GOFLAGS=-mod=vendor
expect 1 '-mod=vendor' go install example.com/tool@v1.0.0
goenv
expect 0 '' go install example.com/tool@v1.0.0
