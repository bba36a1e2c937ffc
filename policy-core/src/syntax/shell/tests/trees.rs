//! Which tree a script becomes.

use super::print;
use crate::syntax::shell::{HOLE_END, HOLE_START, parse};

/// The tree of a script, in which `⏎` stands for a line break and `«0»` for hole 0; with the error, if there is one.
fn tree(source: &str) -> String {
    let source = source.replace('⏎', "\n").replace('«', &HOLE_START.to_string()).replace('»', &HOLE_END.to_string());
    let parsed = parse(&source);
    let error = parsed.error.map_or(String::new(), |(_, message)| format!("!! {message}"));
    let tree = print::list(&parsed.list);
    if tree.is_empty() { error } else { format!("{tree} {error}").trim_end().to_owned() }
}

fn check(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(tree(source), *expected, "{source}");
    }
}

#[test]
fn lists_and_pipelines() {
    check(&[
        ("go build ./...", "(go build ./...)"),
        ("a  b	c;d & e⏎f", "(a b c); (d) &; (e); (f)"),
        ("a && b || c && ! d | e |& f", "(a) && (b) || (c) && ! (d) | (e) 2>&1 | (f)"),
        ("! time -p a", "! (a)"),
        ("time", "()"),
        (r#"a \⏎  b # c⏎#d⏎e#f"#, "(a b); (e#f)"),
        ("A=1 B+=2 C= cmd D=3", "({A=1} {B+=2} {C=∅} cmd D=3)"),
    ]);
}

#[test]
fn assignments() {
    check(&[
        (r#"A=(1 "b c" [2]=x)⏎A[i+1]=3⏎A+=(4)"#, r#"({A=(1 "'b c'" [2]=x)}); ({A[]=3}); ({A+=(4)})"#),
        ("export PATH=~/go/bin:~:$HOME:a~ X=(1 2)", "(export PATH=+<~>+/go/bin:+<~>+:+$HOME+:a~ X=(1 2))"),
        ("local -a x=()⏎echo a[1]", "(local -a x=()); (echo a[1])"),
    ]);
}

#[test]
fn quoting() {
    check(&[(r#"'a''b'c\ d"e $f \" \x"$'g\n'"#, r#"('ab'+c+' '+d+"'e '+$f+' " \x'"+'g⏎')"#), (r#""" '' $"""#, r#"("" '' "")"#)]);
}

#[test]
fn parameters() {
    check(&[
        (
            "$a$1$12$@$? ${a} ${#a} ${!a} ${#} ${##} ${a[0]} ${#a[@]} ${!a[@]}",
            "($a+$1+$1+2+$@+$? $a ${length a} ${indirect a} $# ${length #} $a[0] ${length a[@]} ${indirect a[@]})",
        ),
        (r#"${a-b} ${a:-b c} ${a:=~/x} ${a+b} ${a:?"x y"}"#, r#"(${a - b} ${a :- b c} ${a := <~>+/x} ${a + b} ${a :? "'x y'"})"#),
        (
            r#"${a#*/} ${a##*/} ${a%.*} ${a%%.*} "${a#*/}" "${a%"$b"}""#,
            r#"(${a # */} ${a ## */} ${a % .*} ${a %% .*} "${a # */}" "${a % "$b"}")"#,
        ),
        (r#"${a/b/c} ${a//\//-} ${a/#b} ${a/%b/} ${a////_}"#, "(${a / b c} ${a // '/' -} ${a /# b ∅} ${a /% b ∅} ${a // / _})"),
        (
            "${a:1:2} ${a^} ${a,,} ${a@Q} ${a^^[x]} ${!a*} ${} ${«0»}",
            "(${a : 1:2} ${a ^} ${a ,,} ${a other @Q} ${a other ^^[x]} ${! other a*} $ ${ other 0})",
        ),
        (r#""${a:-"b" 'c}' \} $d}""#, r#"("${a :- "'b'"+' 'c}' } '+$d}")"#),
    ]);
}

#[test]
fn substitutions() {
    check(&[
        (r#"$(a; b) `c \`d\` "e"` "`f \"g\"`""#, r#"($((a); (b)) $((c $((d)) "'e'")) "$((f "'g'"))")"#),
        (r#"$((1+(2))) "$(( a ))" $((a); (b)) $[1]"#, r#"(((1+(2))) "(( a ))" $((subshell (a)); (subshell (b))) ((1)))"#),
        ("<(a) b<(c) < <(d)", "(<((a)) b+<((c))) <<((d))"),
        (r#"~ ~root/x a~ "~" ~"x" a=~ --b=~"#, r#"(<~> <~root>+/x a~ "'~'" ~+"'x'" a=+<~> --b=~)"#),
    ]);
}

#[test]
fn redirections() {
    check(&[(
        r#"a >b 2>>c <d <>e >&2 2>&- &>f &>>g >|h {fd}>i 3<&0 <<<"j" 10<k"#,
        r#"(a) >b 2>>c <d <>e >&2 2>&- -1>f -1>>g >h -2>i 3>&0 <<<"'j'" 10<k"#,
    )]);
}

#[test]
fn here_documents() {
    check(&[
        ("cat <<E >x⏎a $b `c`⏎E⏎d", "(cat) <<'a '+$b+' '+$((c))+'⏎' >x; (d)"),
        (r#"cat <<'E' <<-"F" | g⏎$a⏎E⏎	b⏎		$c⏎	F⏎h"#, "(cat) <<'$a⏎' <<'b⏎$c⏎' | (g); (h)"),
        ("x=$(cat <<E⏎a)⏎E⏎) y", "({x=$((cat) <<'a)⏎')} y)"),
        ("x=$(cat <<E⏎a⏎E)⏎y", "({x=$((cat) <<'a⏎')}); (y)"),
        ("cat <<E⏎$(if) `⏎E⏎x", "(cat) <<'$(if) `⏎'; (x)"),
        (r#"cat <<E⏎${a:-it's} "b\" \"⏎E⏎x"#, r#"(cat) <<${a :- 'it's'}+' "b\" \"⏎'; (x)"#),
        ("cat <<A; $(b <<B⏎c⏎B⏎)⏎d⏎A⏎e", "(cat) <<'d⏎'; ($((b) <<'c⏎')); (e)"),
    ]);
}

#[test]
fn compound_commands() {
    check(&[
        ("if a; then b; elif c; then d; else e; fi >x", "(if [(a): (b)] [(c): (d)] [else: (e)]) >x"),
        (
            r#"for a in b "c"; do d; done⏎for a; do b; done⏎for a do b; done⏎for a⏎in b⏎do c⏎done"#,
            r#"(for a [b "'c'"] (d)); (for a "$@" (b)); (for a "$@" (b)); (for a [b] (c))"#,
        ),
        ("for ((i=0;i<3;i++)); do a; done", "(for(( (a))"),
        ("select a in b; { c; }", "(for a [b] (c))"),
        ("while a; do b; done < c | until d; do e; done", "(while [(a)] (b)) <c | (until [(d)] (e))"),
        (r#"case $a in b|"c") d;; (e*) ;& f) g;;& *) h⏎esac"#, r#"(case $a [b|"'c'": (d)] [e*:  ;&] [f: (g) ;&] [*: (h)])"#),
        ("case a in esac", "(case a )"),
        (
            "f() { a; } >b⏎function g { a; }⏎function h() ( b )",
            "(function f (group (a)) >b); (function g (group (a))); (function h (subshell (b)))",
        ),
        ("{ a; }; ( b; c ) & ((1 + 2)) ; ((a); b)", "(group (a)); (subshell (b); (c)) &; ((…)); (subshell (subshell (a)); (b))"),
    ]);
}

#[test]
fn tests() {
    check(&[
        ("[[ -z $a && ! ( b == c* || $d =~ ^(e f|g)+$ ) ]]", "[[(&& (-z $a) (! (|| (== b c*) (=~ $d ^(e f|g)+$))))]]"),
        ("[[ a ]] && [[ 1 -lt 2 ]] || [[ $x != @(a|b c) ]]", "[[a]] && [[(-lt 1 2)]] || [[(!= $x @(a|b c))]]"),
    ]);
}

#[test]
fn coprocesses() {
    check(&[("coproc a b⏎coproc N { a; }", "(coproc (a b)); (coproc (group (a)))")]);
}

#[test]
fn holes() {
    check(&[
        (r#"echo «0» "a«1»b" 'c«2»d' --x=«3» $'«4»' $«5»"#, r##"(echo #0 "'a'+#1+'b'" 'c'+"#2"+'d' --x=+#3 "#4" $+#5)"##),
        ("«0» a⏎A=«1»b⏎cat <<E⏎«2»⏎E", "(#0 a); ({A=#1+b}); (cat) <<#2+'⏎'"),
    ]);
}

#[test]
fn errors_keep_the_commands_before_them() {
    check(&[
        ("a; if b⏎c", "(a) !! expected `then`, found end of script"),
        ("a; b )", "(a); (b) !! unexpected `)`"),
        ("a 'b", "!! unterminated single quote"),
        ("a; fi", "(a) !! unexpected `fi`"),
        ("if a; then; fi", "!! unexpected `;`"),
        ("a $(b", "!! unterminated command substitution"),
    ]);
}

#[test]
fn reserved_words_count_only_in_command_position() {
    check(&[("!(a)", "! (subshell (a))"), ("echo if then { } !", "(echo if then { } !)")]);
}

#[test]
fn patterns_and_odd_quotes() {
    check(&[("f!() { a; }", "(function f! (group (a)))"), ("a @(b|c d) *.go {a,b}", "(a @(b|c d) *.go {a,b})")]);
}
