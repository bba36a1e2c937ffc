# proves: for another platform cgo calls the compiler of the machine's own, which fails; without CGO_ENABLED=1 it is off.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && printf 'package one\n\nimport "C"\n' >one.go && echo 'package one' >other.go
other=arm64
if [[ $(go env GOHOSTARCH) == arm64 ]]; then other=amd64; fi
expect 1 '' env GOARCH=$other CGO_ENABLED=1 go build .
[[ $(GOARCH=$other go env CGO_ENABLED) == 0 ]]
expect 0 '' env GOARCH=$other go build .
