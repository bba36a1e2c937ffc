# proves: go run and go test start what they built, and fail for a platform that is not this one; go vet and go test -c do not start it.
# go: 1.21..

[[ $(go env GOHOSTARCH) == amd64 ]] || exit 0
module example.com/main <<<'package main; func main() {}'
expect 1 'exec format error' env GOARCH=arm64 go run .
expect 0 '' env GOARCH=arm64 go vet .
expect 0 '' env GOARCH=arm64 go run -exec true .
