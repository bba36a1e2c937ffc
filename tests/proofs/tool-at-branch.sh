# proves: a tool at a branch is another program after a commit there, with no release and nothing changed here.
# go: 1.21..

git init -qb main repository
git -C repository config user.email ci@example.com
git -C repository config user.name ci
printf 'module example.com/x.git\n\ngo 1.21\n' >repository/go.mod
program() { printf 'package main\n\nfunc main() { print("%s") }\n' "$1" >repository/main.go; git -C repository add .; git -C repository commit -qm "$1"; }
mkdir -p "$HOME"
git config --global "url.file://$PWD/repository.insteadOf" https://example.com/x
export GOPROXY=direct GOSUMDB=off GIT_ALLOW_PROTOCOL=file:https
program first
git -C repository tag v1.0.0
expect 0 first go run example.com/x.git@main
program second
expect 0 second go run example.com/x.git@main
expect 0 first go run example.com/x.git@v1.0.0
