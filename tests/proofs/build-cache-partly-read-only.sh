# proves: what would be stored in directories of the build cache that are closed to the user is compiled again every time.
# go: 1.21..

printf 'module example.com/m\n\ngo 1.21\n' >go.mod && mkdir one two home && echo 'package one' >one/one.go && echo 'package two' >two/two.go
chmod 777 home && export GOCACHE=$PWD/cache
go build ./two
compiles() { [[ $("$@" go build -x ./one 2>&1) == *'/compile'*'-p example.com/m/one'* ]]; }
stranger() { unprivileged env GOFLAGS=-buildvcs=false HOME="$PWD/home" "$@"; }
chmod 777 cache && chmod a-w,a+rx cache/[0-9a-f][0-9a-f]
compiles stranger
compiles stranger
chmod -R a+rwX cache
compiles stranger
! compiles stranger
