# proves: go env -w refuses variables that Go computes or does not store, and values it checks.
# go: 1.21..

expect 1 'GOVERSION cannot be modified' go env -w GOVERSION=go1.25
expect 1 'GOWORK cannot be modified' go env -w GOWORK=off
expect 1 'unknown go command variable GOMAXPROCS' go env -w GOMAXPROCS=2
expect 1 'invalid GO111MODULE value' go env -w GO111MODULE=yes
expect 0 '' go env -w GOPRIVATE=corp.example
