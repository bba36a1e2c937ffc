# proves: git takes the files of a build cache in the repository, unless it ignores them.
# go: 1.21..

git init -q . && git config user.email a@example.com
printf 'module example.com/one\n\ngo 1.21\n' >go.mod && echo 'package one' >one.go
GOCACHE=$PWD/.cache go build .
git add --dry-run . >all
(($(grep -c "'.cache/" all) > 3))
echo .cache/ >.gitignore
git add --dry-run . >all
! grep -q "'.cache/" all
