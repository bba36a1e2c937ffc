# proves: there is no darwin/386 and no plan9/arm64, so that files for them are never compiled.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
for pair in darwin/386 plan9/arm64; do
  expect 2 "unsupported GOOS/GOARCH pair $pair" env GOOS=${pair%/*} GOARCH=${pair#*/} go build -o /dev/null .
done
expect 0 '' env GOOS=plan9 GOARCH=amd64 go list .
