# proves: the directories of the module cache are read-only, so that rm fails; go clean -modcache deletes them, and with -modcacherw rm does.
# go: 1.21..

publish example.com/dep v1.0.0
mkdir home && chmod 777 home && cd home
export GOPROXY=$PROXY GOSUMDB=off GOMODCACHE=$PWD/mod HOME=$PWD GOCACHE=$PWD/cache
fetch() { unprivileged env GOFLAGS="$1" go mod download example.com/dep@v1.0.0; }
fetch ''
expect 1 '' unprivileged rm -rf mod
expect 0 '' unprivileged go clean -modcache
fetch -modcacherw
expect 0 '' unprivileged rm -rf mod
