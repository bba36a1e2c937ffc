# proves: go commands that need a directory which cannot be made fail; where it can be made they make it.
# go: 1.21..

publish example.com/dep v1.0.0
printf 'module example.com/main\n\ngo 1.21\n' >go.mod
mkdir closed open && chmod 555 closed && chmod 777 open
stranger() { unprivileged env GOFLAGS=-buildvcs=false GOSUMDB=off GOPROXY="$PROXY" HOME="$PWD/open" "$@"; }
expect 1 'permission denied' stranger GOCACHE="$PWD/closed/cache" go build errors
expect 1 'permission denied' stranger GOMODCACHE="$PWD/closed/mod" go mod download example.com/dep@v1.0.0
expect 0 '' stranger GOMODCACHE="$PWD/open/below/mod" go mod download example.com/dep@v1.0.0
