# proves: GOFLAGS=-json and -w reach go env, so what reads a variable with it gets JSON or an error.
# go: 1.21..

expect 0 '"GOPATH":' env GOFLAGS=-json go env GOPATH
expect 1 'arguments must be KEY=VALUE' env GOFLAGS=-w go env GOPATH
[[ $(GOFLAGS=-race go env GOPATH) == /* ]]
