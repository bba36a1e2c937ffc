# proves: without a directory of Go's on PATH there is no go command.
# go: 1.21..

expect 127 '' env PATH=/nonexistent /bin/sh -c 'go version'
expect 0 "go$RELEASE" go version
