# proves: a GOROOT in the file of go env -w counts for every go command, and stops all of them once the tree is gone.
# go: 1.21..

tree other
goenv GOROOT="$PWD/other"
expect 0 "$PWD/other" go env GOROOT
mv other gone
expect 2 'cannot find GOROOT directory' go version
expect 2 'cannot find GOROOT directory' go env -u GOROOT
if since 1.27; then
  goenv
  expect 1 'GOROOT cannot be modified' go env -w GOROOT="$PWD/gone"
fi
