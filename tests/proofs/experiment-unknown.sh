# proves: a name in GOEXPERIMENT that the release does not have stops every command, go version too.
# go: 1.21..

expect 2 'unknown GOEXPERIMENT syncktest' env GOEXPERIMENT=syncktest go version
if since 1.26; then expect 2 'unknown GOEXPERIMENT rangefunc' env GOEXPERIMENT=rangefunc go version; fi
expect 0 'go version' env GOEXPERIMENT=fieldtrack go version
