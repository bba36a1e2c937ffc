# proves: with a condition that cannot be read, or two lines of them, every command that loads the package fails.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
refused() {
  printf "$2" >x.go
  expect 1 "$1" go build .
  expect 1 "$1" go vet .
}
refused 'parsing //go:build line: invalid syntax at ,' '//go:build linux,amd64\n\npackage main\n'
refused 'parsing //go:build line: invalid syntax at /' '//go:build linux // only there\n\npackage main\n'
refused 'parsing //go:build line: unexpected end of expression' '//go:build\n\npackage main\n'
refused 'multiple //go:build comments' '//go:build linux\n//go:build amd64\n\npackage main\n'
printf '//go:build linux && (amd64 || !cgo)\n\npackage main\n' >x.go
expect 0 '' go vet .
