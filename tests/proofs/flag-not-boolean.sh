# proves: off, yes and the like are no values of a boolean flag; false is.
# go: 1.21..

expect 2 'invalid boolean value "off" for -modcache' go clean -modcache=off
expect 2 'invalid boolean value "yes" for -race' go build -race=yes
expect 0 '' env GOMODCACHE="$PWD/modules" go clean -modcache=false
