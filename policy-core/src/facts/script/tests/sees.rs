//! Scripts, and what the `go` commands in them see.

use super::{interpreted, options, process, seen};
use crate::facts::script::{Dialect, Options};

#[track_caller]
fn check(script: &str, expected: &str) {
    let outcome = interpreted(script, process(&[("CGO_ENABLED", "1")]), &options());
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let actual = seen(&outcome).replace("CGO_ENABLED=1 ", "");
    assert_eq!(actual.lines().collect::<Vec<_>>(), expected, "\n{script}");
}

#[test]
fn only_exported_variables_are_seen() {
    check("X=1\ngo test", "go test");
    check("export X=1\ngo test", "X=1 go test");
    check("X=1; export X; go a; export -n X; go b; unset X", "X=1 go a\ngo b");
    check("declare -x X=1; typeset Y=2; go test", "X=1 go test");
    check("set -a; X=1; set +a; Y=2; go test", "X=1 go test");
    check("CGO_ENABLED=0; go build", "CGO_ENABLED=0 go build");
    check("X=1 go a; go b", "X=1 go a\ngo b");
    check("X=1 Y=$X go a", "X=1 Y=1 go a");
    check("readonly X=1; export X; go a", "X=1 go a");
    check("export X; X=5; go a", "X=5 go a");
    check("X=a; X+=b; export X; X+=$X; go a", "X=abab go a");
    check("export X=\"a $HIDDEN\"; go a", "X=? go a");
}

#[test]
fn env_and_other_wrappers_are_looked_through() {
    check("env -u CGO_ENABLED X=1 go a", "X=1 <env> go a");
    check("env X=1 -u CGO_ENABLED go a", "");
    check("env -i X=1 go a", "X=1 <env> go a");
    check("env X=\"$HIDDEN\" go a", "X=? <env> go a");
    // Its blanks may make another word of it the command.
    check("env X=$HIDDEN go a", "X=? <env> go a ~");
    check("env -C sub go a", "[/work/sub] <env> go a");
    check("env -S 'X=1 go test -v'", "X=1 <env> go test -v");
    check(
        "export X=1; sudo go a; sudo -E go b; sudo X=2 -u me go c; sudo --preserve-env=X go d",
        "<sudo> go a\nX=1 <sudo> go b\nX=2 <sudo> go c\nX=1 <sudo> go d",
    );
}

#[test]
fn wrappers() {
    check("timeout -k 5 10m nice -n 5 go test ./...", "<timeout> <nice> go test ./...");
    check("xvfb-run -a go test", "<xvfb-run> go test");
    check("time go test", "go test");
    check("nohup go test &", "<nohup> go test &");
    check("go list ./... | xargs -n 1 go vet", "go list ./...\n<xargs> go vet *");
    check("command go a; exec go b; go c", "go a\ngo b");
    check("go() { X=1 command go \"$@\" -v; }; go a b", "X=1 go a b -v");
    check("retry() { \"$@\" || \"$@\"; }; retry go mod download", "go mod download\ngo mod download ~");
}

#[test]
fn directories() {
    check(
        "cd sub; go a; cd ../x; go b; cd -; go c; cd; go d; cd ~/src; go e",
        "[/work/sub] go a\n[/work/x] go b\n[/work/sub] go c\n[/home/me] go d\n[/home/me/src] go e",
    );
    check("(cd sub && go a); go b", "[/work/sub] go a ~\ngo b");
    check("cd sub && go a\ngo b", "[/work/sub] go a ~\n[/work|/work/sub] go b");
    check("pushd sub; go a; popd; go b", "[/work/sub] go a\ngo b");
    check("cd \"$HIDDEN\"; go a", "[?] go a");
    check("cd $(dirname /a/b/c); go a \"$(basename $PWD)\"", "[/a/b] go a b");
    check("go -C \"$PWD/x\" test", "go -C /work/x test");
}

#[test]
fn branches_are_decided_where_possible() {
    check("if [ \"$CGO_ENABLED\" = 1 ]; then go a; else go b; fi", "go a");
    check("if [ -f x ]; then export X=1; else export X=2; fi; go a", "X=1|2 go a");
    check("if [ -f x ]; then export X=1; fi; go a", "X=-|1 go a");
    check("case $CGO_ENABLED in 0) go a ;; [1-9]) go b ;; *) go c ;; esac", "go b");
    check("case $HIDDEN in a*) export X=1 ;; *) export X=2 ;; esac; go a", "X=1|2 go a");
    check("[[ $CGO_ENABLED == 1* && -z $X ]] && go a", "go a");
    check("! false && go a; true || go b; false || go c || true", "go a\ngo c !");
    check("[ -n \"$HIDDEN\" ] || exit 1; go a", "go a ~");
    check("false; go a", "");
    check("set +e; false; go a", "go a");
    check("exit 0; go a", "");
    check("test -d vendor && export GOFLAGS=-mod=vendor; go a", "GOFLAGS=-|-mod=vendor go a");
}

#[test]
fn loops_are_unrolled_or_joined() {
    check("for os in linux darwin; do GOOS=$os go build; done", "GOOS=linux go build\nGOOS=darwin go build");
    check("for d in */; do (cd $d && go test); done; go x", "[?] go test ~\ngo x");
    check("i=0; while [ $i -lt 2 ]; do go a $i; i=$((i+1)); done; go b $i", "go a 0\ngo a 1\ngo b 2");
    check("for i in 1 2 3; do [ $i = 2 ] && continue; go a $i; done", "go a 1\ngo a 3");
    check("for i in 1 2 3; do [ $i = 2 ] && break; go a $i; done", "go a 1");
    check("while read -r m; do go test $m; done < modules; go x", "go test * ~\ngo x");
    check("until go test; do sleep 1; done", "go test");
    check("s=; for x in $HIDDEN; do s=\"$s $x\"; done; go a \"$s\"", "go a |?");
}

#[test]
fn expansions() {
    check("v='a b'; go $v \"$v\" '$v' ${v// /-} ${v%% *} ${v#* } ${#v} ${v^^}", "go a b a b $v a-b a b 3 A B");
    check("go ${A:-d} ${A-e} \"${A:+x}\" ${CGO_ENABLED:+y} ${B:=z} $B", "go d e  y z z");
    check("a=(x 'y z'); a+=(w); go \"${a[@]}\" ${#a[@]} ${a[1]} ${a}", "go x y z w 3 y z x");
    check("f=; if [ -f x ]; then f='-race -v'; fi; go test $f .", "go test -race -v . ~\ngo test . ~");
    check("if [ -f x ]; then IFS=' '; fi; X=a/b; go $X", "go a/b");
    check("if [ -f x ]; then IFS=/; fi; X=a/b; go $X", "go a/b ~\ngo a b ~");
    check("set -- a b c; shift; go \"$@\" $# \"$*\"", "go b c 2 b c");
    check("go build ./cmd/* {a,b}.go x{1..3}", "go build * a.go b.go x1 x2 x3");
    check("go env -w GOFLAGS=⟨0⟩ \"⟨0⟩\"", "go env -w * ?");
    check("export X=$(go env GOPATH)/bin; go a", "go env GOPATH\nX=/home/me/go/bin go a");
    check("X=`pwd`/x; Y=$(cat <<E\n$X\nE\n); export X Y; go a", "X=/work/x Y=/work/x go a");
    check("X=$(git describe); export X; go a", "X=? go a");
    check("eval 'export X=1'; go a; eval \"$HIDDEN\"; go b", "X=1 go a\n[/work|?] GOFLAGS=-|? CGO_ENABLED=1|? GOOS=-|? X=1|? Y=-|? go b");
    check(
        "eval \"$HIDDEN\"; go=go; $go a; unset GOFLAGS X Y GOOS CGO_ENABLED",
        "[/work|?] GOFLAGS=-|? CGO_ENABLED=1|? GOOS=-|? X=-|? Y=-|? go a",
    );
    check("set -u; go ${NOPE}; go b", "");
    check("read -r X <<< hello; export X; go a", "X=? go a");
    check("go a $((1 + 2 * 3)) ${UNSET} \"\" z", "go a 7  z");
}

#[test]
fn functions_subshells_and_children() {
    check("f() { local X=1; export X; go a \"$1\"; }; f b; go c", "X=1 go a b\ngo c");
    check("f() { local X; go b; X=1; go c; }; export X=0; f; go d", "X=0 go b\nX=1 go c\nX=0 go d");
    check("f() { if [ -f x ]; then local X; fi; X=2; }; export X=1; f; go a", "X=1|2 go a");
    check("f() { X=$1; return 0; go dead; }; f 7; export X; go c", "X=7 go c");
    check("(export X=1; go a); go b", "X=1 go a\ngo b");
    check("echo x | { export X=1; go a; }; go b", "X=1 go a\ngo b");
    check("bash -c 'go a \"$0\" $1' x y; sh -ec \"export X=2; go b\"", "go a x y\nX=2 go b");
    check("X=1 ./build.sh -o out; go b", "[/work/sub] CGO_ENABLED=0 X=1 go build -o out\ngo b");
    check("X=1 ./tool/go build -o out", "X=1 ./tool/go build -o out");
    check("source ./env.sh; go a", "GOFLAGS=-mod=mod go a");
    check(". ./other.sh; go a", "[/work|?] GOFLAGS=-|? CGO_ENABLED=1|? GOOS=-|? X=-|? Y=-|? go a");
}

#[test]
fn bash_redirects_external_commands_in_a_child() {
    for script in ["cat < \"$NOPE\"", "cat <<< \"$NOPE\"", "cat > ${NOPE?}", "command cat < \"$NOPE\"", "(go a) < \"$NOPE\""] {
        check(&format!("set -u; {script} || true; go b"), "go b");
        check(&format!("set -u; {script}; go b"), "");
    }
    for script in ["echo x > \"$NOPE\"", "f < \"$NOPE\"", "{ cat; } < \"$NOPE\"", "exec cat < \"$NOPE\"", "> \"$NOPE\""] {
        check(&format!("set -u; f() {{ :; }}; {script} || true; go b"), "");
    }
    check("cat < \"${X:=f}\"; export X; go b", "go b");
    check("set -u; go a < \"$HIDDEN$NOPE\" || true; go b", "go b");
}

#[test]
fn dash_differs() {
    let sh = Options { dialect: Dialect::Sh, pipefail: false, ..options() };
    let outcome = interpreted("X=$(echo 'a\\tb'); export X; go {a,b}", process(&[]), &sh);
    assert_eq!(seen(&outcome), "X=a\\tb go {a,b}");
    let outcome = interpreted("set -u; cat < \"$NOPE\" || true; go b", process(&[]), &sh);
    assert_eq!(seen(&outcome), "");
}
