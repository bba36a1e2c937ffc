# proves: what the module cache does not hold yet cannot be fetched into one that is read-only; what it holds can be used.
# go: 1.21..

publish example.com/dep v1.0.0
publish example.com/other v1.0.0
export GOPROXY=$PROXY GOSUMDB=off GOMODCACHE=$PWD/mod
module example.com/main <<<'package main; import _ "example.com/dep"; func main() {}'
go get example.com/dep@v1.0.0
chmod -R a-w,a+rX mod && mkdir open && chmod 777 open
stranger() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/open" GOCACHE="$PWD/open/cache" "$@"; }
expect 1 'permission denied' stranger go mod download example.com/other@v1.0.0
expect 0 example.com/dep stranger go list example.com/dep
