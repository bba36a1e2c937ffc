# proves: constraints elsewhere are not read, and go vet and go test fail; where they belong they are.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf 'package main\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n' >main_test.go
misplaced() {
  printf "$2" >x.go
  expect 0 '[main.go x.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
  expect 1 "misplaced $1 comment" go vet .
  expect 1 '' go test .
}
misplaced +build '// +build windows\npackage main\n'
misplaced +build '/* text */\n\n// +build windows\n\npackage main\n'
misplaced //go:build '/*\n//go:build windows\n*/\npackage main\n'
misplaced +build 'package main\n\n// +build windows\n'
misplaced //go:build 'package main\n\n//go:build windows\n'
printf '/* text */\n//go:build linux\npackage main\n' >x.go
expect 0 '' go vet .
