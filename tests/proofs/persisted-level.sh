# proves: a level that is only in the file of go env -w changes the code, but not which files build constraints choose.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
printf '//go:build amd64.v3\n\npackage one\n' >fast.go
export GOARCH=amd64
files() { go list -f '{{.GoFiles}}' .; }
goenv GOAMD64=v3
expect 0 v3 go env GOAMD64
[[ $(files) == '[one.go]' ]]
[[ $(GOAMD64=v3 files) == '[fast.go one.go]' ]]
