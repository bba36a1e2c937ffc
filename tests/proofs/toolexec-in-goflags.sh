# proves: the program of -toolexec is run for every tool, and one that does not answer as the tool stops builds.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
printf '#!/bin/sh\necho "$1" >>%s\nexec "$@"\n' "$PWD/log" >wrap && printf '#!/bin/sh\nexit 0\n' >deaf && chmod +x wrap deaf
expect 0 '' env GOFLAGS="-toolexec=$PWD/wrap" go build .
grep -q /compile log
expect 1 '' env GOFLAGS="-toolexec=$PWD/deaf" go build .
expect 0 '' go build .
