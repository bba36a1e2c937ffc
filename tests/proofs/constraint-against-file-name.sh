# proves: the name and the constraint of a file must both hold; android is a kind of linux.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build windows\n\npackage main\n' >x_linux.go
printf '//go:build windows\n\npackage main\n' >linux.go
for system in linux windows darwin; do
  expect 0 'x_linux.go' env GOOS=$system go list -f '{{.IgnoredGoFiles}}' .
done
expect 0 '[linux.go main.go]' env GOOS=windows go list -f '{{.GoFiles}}' .
printf '//go:build android\n\npackage main\n' >x_linux.go
expect 0 'x_linux.go' env GOOS=android GOARCH=arm64 go list -f '{{.GoFiles}}' .
