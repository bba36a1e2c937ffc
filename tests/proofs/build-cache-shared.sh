# proves: projects with the same GOCACHE use each other's results; with one of its own a project compiles everything again, and many builds at once do no harm to a common one.
# go: 1.21..

printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
compiles() { [[ $(env "$@" go build -x . 2>&1) == *'/compile'*'-p example.com/one'* ]]; }
GOCACHE=$PWD/common go build . && ! compiles GOCACHE="$PWD/common"
compiles GOCACHE="$PWD/own"
for ((i = 0; i < 4; i++)); do GOCACHE=$PWD/fresh go build . & pids[i]=$!; done
for pid in "${pids[@]}"; do wait "$pid"; done
! compiles GOCACHE="$PWD/fresh"
