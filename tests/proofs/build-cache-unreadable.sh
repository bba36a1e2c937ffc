# proves: a build cache that may not be read stops every build.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
mkdir cache open && chmod 000 cache && chmod 777 open
stranger() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/open" GOCACHE="$1" go build . ; }
expect 1 'failed to initialize build cache' stranger "$PWD/cache"
expect 0 '' stranger "$PWD/open/cache"
