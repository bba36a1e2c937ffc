# proves: a go.work in a directory above is used, and modules that it does not list do not build.
# go: 1.21..

mkdir repository listed
(cd listed && printf 'module example.com/listed\n\ngo 1.21\n' >go.mod)
printf 'go 1.21\n\nuse ./listed\n' >go.work
cd repository && printf 'module example.com/main\n\ngo 1.21\n' >go.mod && echo 'package main' >main.go
expect 1 'not one of the workspace modules' go build .
expect 0 '' env GOWORK=off go list .
