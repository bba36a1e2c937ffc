# proves: @latest is another version once one is published, with nothing changed here; @v1.0.0 stays.
# go: 1.21..

publish_command() { publish "$1" "$2" 'package main; func main() {}'; }
publish_command example.com/tool v1.0.0
export GOPROXY=$PROXY GOSUMDB=off GOBIN=$PWD/bin
go install example.com/tool@latest && [[ $(go version -m bin/tool) == *v1.0.0* ]]
publish_command example.com/tool v1.1.0
go install example.com/tool@latest && [[ $(go version -m bin/tool) == *v1.1.0* ]]
go install example.com/tool@v1.0.0 && [[ $(go version -m bin/tool) == *v1.0.0* ]]
