# proves: with GOPROXY=direct and GOSUMDB=off a module is taken from its repository and vouched for by nothing but itself.
# go: 1.21..

git init -q repository
git -C repository config user.email ci@example.com
git -C repository config user.name ci
printf 'module example.com/x.git\n\ngo 1.21\n' >repository/go.mod
echo 'package x' >repository/x.go
git -C repository add . && git -C repository commit -qm first && git -C repository tag v1.0.0
mkdir -p "$HOME"
git config --global "url.file://$PWD/repository.insteadOf" https://example.com/x
export GOPROXY=direct GONOSUMDB= GIT_ALLOW_PROTOCOL=file:https
mkdir main && cd main
module example.com/main <<<'package main; func main() {}'
expect 1 'verifying' env 'GOSUMDB=sum.golang.org http://127.0.0.1:9' go get example.com/x.git@v1.0.0
expect 0 '' env GOSUMDB=off go get example.com/x.git@v1.0.0
