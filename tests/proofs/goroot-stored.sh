# proves: up to Go 1.26 a GOROOT is stored, and then every command fails, also the one that would remove it.
# go: 1.21..1.26

expect 0 '' go env -w GOROOT=/nonexistent
expect 2 'cannot find GOROOT directory: /nonexistent' go env -u GOROOT
expect 0 'go version' env GOENV=off go version
