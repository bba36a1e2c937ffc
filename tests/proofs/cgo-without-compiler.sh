# proves: with CGO_ENABLED=1 and no C compiler packages with C code fail; without a setting Go turns cgo off.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && printf 'package one\n\nimport "C"\n' >one.go
only_go=$(dirname "$(command -v go)")
expect 1 'C compiler "gcc" not found' env PATH="$only_go" CGO_ENABLED=1 go build .
[[ $(PATH=$only_go go env CGO_ENABLED) == 0 ]]
