# proves: with gocacheverify=1 packages are compiled although they are in the build cache.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
go build .
compiles() { [[ $(env GODEBUG="$1" go build -x . 2>&1) == *'/compile'*'-p example.com/one'* ]]; }
compiles gocacheverify=1
! compiles gocacheverify=0
