# proves: these commands do not exist.
# go: 1.21..

expect 2 'unknown command' go lint ./...
expect 2 'unknown command' go mod tydi
expect 0 'go version' go version
