# proves: a file for two systems at once, or for a release that is newer and older, is compiled nowhere; alternatives are.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
printf '//go:build linux && windows\n\npackage main\n' >x.go
printf '// +build linux\n// +build windows\n\npackage main\n' >y.go
printf '//go:build go1.21 && !go1.20\n\npackage main\n' >z.go
for system in linux windows darwin; do
  expect 0 '[main.go] [x.go y.go z.go]' env GOOS=$system go list -f '{{.GoFiles}} {{.IgnoredGoFiles}}' .
done
printf '//go:build linux || windows\n\npackage main\n' >x.go
expect 0 '[main.go x.go]' env GOOS=windows go list -f '{{.GoFiles}}' .
