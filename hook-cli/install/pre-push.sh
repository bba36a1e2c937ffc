#!/bin/sh
# Written by `gopolicy install`; `gopolicy uninstall` takes it away.
pushed=$(cat)
before="$(dirname "$0")/@HOOK@.before-gopolicy"
if [ -x "$before" ]; then
  printf '%s\n' "$pushed" | "$before" "$@" || exit
fi
program=@PROGRAM@
[ -x "$program" ] || program=gopolicy

# githooks(5): each line has the local reference and commit, the remote reference and commit; no commit is written as zeros.
printf '%s\n' "$pushed" | while read -r _ commit _ known; do
  case $commit in
    *[!0]*) ;;
    *) continue ;;
  esac
  # The remote has a new branch, or one that was never fetched: what counts is what no branch of it is known to hold.
  if ! git cat-file -e "$known" 2>/dev/null; then
    first=$(git rev-list --topo-order --reverse "$commit" --not --remotes="$1" | head -n 1)
    [ -n "$first" ] || continue
    known=$(git rev-parse --quiet --verify "$first^")
  fi
  "$program" lint --rev "$commit" ${known:+--changed-since "$known"} </dev/null || exit
done
