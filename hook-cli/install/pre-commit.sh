#!/bin/sh
# Written by `gopolicy install`; `gopolicy uninstall` takes it away.
before="$(dirname "$0")/@HOOK@.before-gopolicy"
if [ -x "$before" ]; then
  "$before" "$@" || exit
fi
program=@PROGRAM@
[ -x "$program" ] || program=gopolicy
exec "$program" lint --staged --changed-since HEAD
