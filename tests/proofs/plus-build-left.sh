# proves: without the `// +build` line the file is built for the same systems, and go vet has nothing to say.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
for old in '// +build windows\n' ''; do
  printf "//go:build windows\n$old\npackage main\n" >x.go
  expect 0 '[main.go]' env GOOS=linux go list -f '{{.GoFiles}}' .
  expect 0 '[main.go x.go]' env GOOS=windows go list -f '{{.GoFiles}}' .
  expect 0 '' go vet .
done
