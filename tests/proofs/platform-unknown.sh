# proves: names of platforms that Go does not have stop builds, and only then; Go's own names do not.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 2 'unsupported GOOS/GOARCH pair linux/x86_64' env GOOS=linux GOARCH=x86_64 go build -o /dev/null .
expect 2 'unsupported GOOS/GOARCH pair macos/amd64' env GOOS=macos GOARCH=amd64 go build -o /dev/null .
expect 0 '' env GOOS=darwin GOARCH=arm64 go list .
