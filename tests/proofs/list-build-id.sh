# proves: BuildID and Export are empty without -export.
# go: 1.21..

module example.com/main <<<'package main; func main() {}'
[[ $(go list -f '{{.BuildID}}{{.Export}}' .) == '' ]]
[[ $(go list -export -f '{{.BuildID}}' .) != '' ]]
