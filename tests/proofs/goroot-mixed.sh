# proves: VERSION and the tools of a tree tell what was unpacked there, whatever go version says; a compiler of another release stops builds.
# go: 1.21..

tree mixed
rm mixed/VERSION && echo go1.99.0 >mixed/VERSION
expect 0 "go$RELEASE" mixed/bin/go version
expect 0 "go$RELEASE" go version mixed/bin/go
expect 0 "go$RELEASE" go version "$(go env GOTOOLDIR)/compile"
module example.com/main <<<'package main; func main() {}'
tools=mixed/pkg/tool/$(basename "$(go env GOTOOLDIR)")
rm mixed/pkg && mkdir -p "$tools"
ln -s "$(go env GOROOT)/pkg/include" mixed/pkg/ && ln -s "$(go env GOTOOLDIR)"/* "$tools/"
expect 0 '' mixed/bin/go list .
rm "$tools/compile" && printf '#!/bin/sh\necho "compile version go1.99.0"\n' >"$tools/compile" && chmod +x "$tools/compile"
expect 1 '' mixed/bin/go build -o /dev/null .
