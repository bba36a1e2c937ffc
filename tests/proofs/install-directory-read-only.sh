# proves: go install fails where it cannot write.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
mkdir closed open && chmod 555 closed && chmod 777 open
# What the cache has is read from it; nothing need be stored.
go build -o /dev/null . && chmod -R a+rX "$GOCACHE"
install_to() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/open" GOTMPDIR="$PWD/open" GOBIN="$1" go install . ; }
expect 1 'permission denied' install_to "$PWD/closed"
expect 0 '' install_to "$PWD/open"
