# proves: with CGO_ENABLED=1 for another architecture and no CC, cgo calls the compiler of this one, and fails; with CGO_ENABLED=0 it builds.
# go: 1.21..

module example.com/main <<<'package main; import "runtime/cgo"; func main() { cgo.NewHandle(1) }'
[[ $(go env GOHOSTARCH) == amd64 && $(command -v gcc) ]] || exit 0
! CGO_ENABLED=1 GOARCH=arm64 go build -o /dev/null . 2>/dev/null
module example.com/main <<<'package main; func main() {}'
expect 0 '' env CGO_ENABLED=0 GOARCH=arm64 go list .
