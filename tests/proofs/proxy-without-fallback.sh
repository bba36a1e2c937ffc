# proves: behind a comma the next proxy is asked after 404 only, not if the first cannot be reached; behind | it is asked then too.
# go: 1.21..

publish example.com/dep v1.0.0
export GOSUMDB=off
down=http://127.0.0.1:1
printf 'module example.com/main\n' >go.mod
expect 1 'connection refused' env GOPROXY="$down,$PROXY" GOMODCACHE="$PWD/one" go mod download example.com/dep@v1.0.0
expect 0 '' env GOPROXY="$down|$PROXY" GOMODCACHE="$PWD/two" go mod download example.com/dep@v1.0.0
expect 0 '' env GOPROXY="file://$PWD/empty,$PROXY" GOMODCACHE="$PWD/three" go mod download example.com/dep@v1.0.0
