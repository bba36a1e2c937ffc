# proves: builds fail where GOTMPDIR cannot be written.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
mkdir closed open && chmod 555 closed && chmod 777 open
stranger() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/open" GOCACHE="$PWD/open/cache" GOTMPDIR="$1" go build . ; }
expect 1 'creating work dir: mkdir' stranger "$PWD/closed"
expect 0 '' stranger "$PWD/open"
