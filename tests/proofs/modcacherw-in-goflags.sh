# proves: with -modcacherw sources in the module cache can be written, and a change goes into the build unnoticed.
# go: 1.21..

publish example.com/dep v1.0.0 'package dep; const Is = "good"'
export GOPROXY=$PROXY GOSUMDB=off
module example.com/main <<<'package main; import "example.com/dep"; func main() { println(dep.Is) }'
GOMODCACHE=$PWD/closed go get example.com/dep@v1.0.0
[[ $(stat -c %A closed/example.com/dep@v1.0.0/dep.go) == -r--r--r-- ]]
export GOMODCACHE=$PWD/open GOFLAGS=-modcacherw
go mod download
[[ $(stat -c %A open/example.com/dep@v1.0.0) == drwx* ]]
rm open/example.com/dep@v1.0.0/dep.go && echo 'package dep; const Is = "changed"' >open/example.com/dep@v1.0.0/dep.go
expect 0 changed go run .
