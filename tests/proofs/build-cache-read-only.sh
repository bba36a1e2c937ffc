# proves: with a build cache that is readable but not writable builds pass, and compile the same again every time.
# go: 1.21..

printf 'module example.com/m\n\ngo 1.21\n' >go.mod && mkdir one two home && echo 'package one' >one/one.go && echo 'package two' >two/two.go
chmod 777 home && export GOCACHE=$PWD/cache
go build ./two
compiles() { [[ $("$@" go build -x ./one 2>&1) == *'/compile'*'-p example.com/m/one'* ]]; }
stranger() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/home" "$@"; }
chmod -R a-w,a+rX cache
compiles stranger
compiles stranger
# The alternative: a cache of one's own.
compiles stranger GOCACHE="$PWD/home/cache"
! compiles stranger GOCACHE="$PWD/home/cache"
