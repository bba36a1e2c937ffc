# proves: go clean -cache empties the build cache, so that packages are compiled again; -testcache leaves it alone.
# go: 1.21..

export GOCACHE=$PWD/cache
printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
compiles() { [[ $(go build -x . 2>&1) == *'/compile'*'-p example.com/one'* ]]; }
compiles
! compiles
go clean -testcache
! compiles
go clean -cache
compiles
