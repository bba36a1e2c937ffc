# proves: with a platform in the file of go env -w, go run and what go install installs do not run here.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
other=arm64
if [[ $(go env GOHOSTARCH) == arm64 ]]; then other=amd64; fi
goenv GOARCH=$other
expect 1 'exec format error' go run .
goenv
expect 0 '' go run .
