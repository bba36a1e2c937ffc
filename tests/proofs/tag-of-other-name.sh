# proves: names that others have for systems and architectures are tags that Go never sets; Go's own names are set.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
sets() {
  printf '//go:build %s\n\npackage main\n' "$1" >x.go
  [[ $(go list -f '{{.GoFiles}}' .) == '[main.go x.go]' ]]
}
for tag in i386 x86 x86_64 aarch64 macos osx win32; do
  for pair in linux/386 linux/amd64 linux/arm64 darwin/arm64 windows/amd64; do
    ! GOOS=${pair%/*} GOARCH=${pair#*/} sets $tag
  done
done
GOARCH=386 sets 386
