# proves: a module that is in the common cache is not fetched again; with a cache of its own a project needs it anew.
# go: 1.21..

publish example.com/dep v1.0.0
export GOSUMDB=off
printf 'module example.com/main\n' >go.mod
expect 0 '' env GOPROXY="$PROXY" GOMODCACHE="$PWD/common" go mod download example.com/dep@v1.0.0
expect 0 '' env GOPROXY=off GOMODCACHE="$PWD/common" go mod download example.com/dep@v1.0.0
expect 1 'module lookup disabled by GOPROXY=off' env GOPROXY=off GOMODCACHE="$PWD/own" go mod download example.com/dep@v1.0.0
