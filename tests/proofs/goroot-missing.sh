# proves: with a GOROOT that does not exist no go command works, also if the file of go env -w says so; without it all do.
# go: 1.21..

expect 2 'cannot find GOROOT directory' env GOROOT="$(go env GOROOT)/go" go version
goenv GOROOT=/nonexistent
expect 2 'cannot find GOROOT directory' go version
expect 2 'cannot find GOROOT directory' go env -u GOROOT
goenv
expect 0 '' go version
