# proves: with CGO_ENABLED=0 -race, -msan and -asan stop the command; for macOS -race does not need cgo.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
expect 2 '-race requires cgo' env CGO_ENABLED=0 go build -race -o /dev/null .
expect 2 '-msan requires cgo' env CGO_ENABLED=0 GOFLAGS=-msan go vet .
expect 0 '' env CGO_ENABLED=0 go build -race=false -o /dev/null .
[[ $(GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go list -race -f '{{.Name}}' . 2>&1) == main ]]
