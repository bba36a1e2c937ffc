# What proofs are written with. tests/proofs.rs sources this and then the proof, with `set -euo pipefail`, in an empty
# directory. PATH begins with the release under test, RELEASE is its name (1.24); GOTOOLCHAIN=local, GOPROXY=off, and no
# other variable of Go's but GOCACHE is set.

# The module cache is read-only, and would stop the next run from clearing this directory.
trap 'chmod -R u+w . 2>/dev/null || true' EXIT

# expect STATUS TEXT COMMAND…: the command exits with that status and prints the text somewhere ("" is printed by all).
expect() {
  local status=$1 text=$2 got=0 printed
  shift 2
  printed=$("$@" 2>&1) || got=$?
  [[ $got == "$status" && $printed == *"$text"* ]] && return
  printf '%s\n' "Go $RELEASE: $*" "  expected: exit $status, and \`$text\`" "  got: exit $got, and" "$printed"
  return 1
}

# since 1.24: whether the release under test is 1.24 or newer.
since() { ((${RELEASE#1.} >= ${1#1.})); }

# module PATH: makes the current directory a module; the text of main.go comes from standard input.
module() {
  printf 'module %s\n\ngo %s\n' "$1" "$RELEASE" >go.mod
  cat >main.go
}

# unprivileged COMMAND…: runs it as a user that the modes of files stop; nothing stops root.
unprivileged() {
  if ((EUID)); then "$@"; else setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; fi
}

# goenv LINE…: the file of `go env -w`, and the go commands that follow read it.
goenv() {
  printf '%s\n' "$@" >goenv
  export GOENV=$PWD/goenv
}

# tree DIRECTORY: a GOROOT like that of the release under test, with a bin/go of its own; everything else is linked.
tree() {
  local from
  from=$(go env GOROOT)
  mkdir -p "$1/bin"
  ln "$from/bin/go" "$1/bin/go" 2>/dev/null || cp "$from/bin/go" "$1/bin/go"
  ln -s "$from"/{pkg,src,lib,VERSION,go.env} "$1/"
}

# publish PATH VERSION [SOURCE]: offers a module with one package, empty or with this source, on a module proxy; $PROXY is its
# GOPROXY value.
PROXY=file://$PWD/proxy
publish() {
  local path=$1 version=$2 directory=$PWD/proxy/$1/@v
  mkdir -p "$directory"
  printf '{"Version":"%s"}' "$version" >"$directory/$version.info"
  printf 'module %s\n\ngo 1.21\n' "$path" >"$directory/$version.mod"
  printf '%s\n' "$version" >>"$directory/list"
  python3 - "$directory/$version" "$path@$version" "${path##*/}" "${3:-package ${path##*/}}" <<'PYTHON'
import sys, zipfile
stem, prefix, package, source = sys.argv[1:]
with zipfile.ZipFile(stem + ".zip", "w") as archive:
    archive.write(stem + ".mod", prefix + "/go.mod")
    archive.writestr(prefix + "/" + package + ".go", source + "\n")
PYTHON
}
