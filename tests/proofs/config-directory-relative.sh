# proves: with a relative XDG_CONFIG_HOME what `go env -w` stored is not read, and storing fails; an absolute one is used.
# go: 1.24..

mkdir -p config/go && echo GOPRIVATE=stored.example >config/go/env
[[ -z $(XDG_CONFIG_HOME=config go env GOPRIVATE) ]]
expect 1 'path in $XDG_CONFIG_HOME is relative' env XDG_CONFIG_HOME=config go env -w GOFLAGS=-v
expect 0 stored.example env XDG_CONFIG_HOME="$PWD/config" go env GOPRIVATE
