# proves: GO111MODULE=off stops go install and go run of a package at a version.
# go: 1.21..

publish example.com/a v1.0.0 'package main; func main() {}'
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
for command in install run; do
  expect 1 'GO111MODULE=off' env GO111MODULE=off go $command example.com/a@v1.0.0
  expect 0 '' env GO111MODULE=on go $command example.com/a@v1.0.0
done
