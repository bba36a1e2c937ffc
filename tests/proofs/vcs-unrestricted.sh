# proves: by default go runs only git and hg for a public module; with GOVCS=*:all also any other tool.
# go: 1.21..

mkdir -p bin && printf '#!/bin/sh\necho ran-svn >&2\nexit 1\n' >bin/svn && chmod +x bin/svn && export PATH=$PWD/bin:$PATH
export GOPROXY=direct GOSUMDB=off
module example.com/main <<<'package main; func main() {}'
expect 1 'GOVCS disallows using svn' go get example.invalid/x.svn@v1.0.0
[[ $(GOVCS='*:all' go get example.invalid/x.svn@v1.0.0 2>&1 || true) != *'GOVCS disallows'* ]]
