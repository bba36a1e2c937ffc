//! What scripts leave in `$GITHUB_ENV` and `$GITHUB_PATH`, and what the runner makes of it.

use super::{interpreted, options, process, shown};
use crate::facts::script::Outcome;

/// The variables X, Y and Z of the next step, and how often the runner stops with an error.
fn after(outcome: &Outcome) -> String {
    let mut env = process(&[]).env;
    let errors = outcome.success.as_ref().or(outcome.failure.as_ref()).unwrap().env_file.apply(&mut env);
    let values = ["X", "Y", "Z"].iter().filter(|name| shown(env.get(name)) != "-").map(|name| format!("{name}={}", shown(env.get(name))));
    values.chain((!errors.is_empty()).then(|| "error".to_owned())).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(script: &str, expected: &str) {
    assert_eq!(after(&interpreted(script, process(&[]), &options())), expected, "\n{script}");
}

#[test]
fn people_write_in_many_ways() {
    check("echo X=1 >> $GITHUB_ENV", "X=1");
    check("echo \"X=1 2\" >> \"$GITHUB_ENV\"; echo 'Y=a=b' >> ${GITHUB_ENV}", "X=1 2 Y=a=b");
    check("{ echo X=1; echo Y=2; } >> \"$GITHUB_ENV\"", "X=1 Y=2");
    check("(echo X=1; echo Y=2) >> \"$GITHUB_ENV\"", "X=1 Y=2");
    check("f=$GITHUB_ENV; echo X=1 >> \"$f\"", "X=1");
    check("echo X=1 | tee -a \"$GITHUB_ENV\"", "X=1");
    check("echo X=1 | sudo tee -a \"$GITHUB_ENV\" > /dev/null", "X=1");
    check("cat <<EOF >> $GITHUB_ENV\nX=1\nY=$HOME\nEOF\n", "X=1 Y=/home/me");
    check("cat >> $GITHUB_ENV <<'EOF'\nX=$HOME\nEOF\n", "X=$HOME");
    check("printf 'X=%s\\nY=%s\\n' 1 2 >> $GITHUB_ENV", "X=1 Y=2");
    check("printf '%s\\n' X=1 Y=2 >> $GITHUB_ENV", "X=1 Y=2");
    check("echo -e 'X=1\\nY=2' >> $GITHUB_ENV; echo -n Z=3 >> $GITHUB_ENV", "X=1 Y=2 Z=3");
    check("exec >> $GITHUB_ENV; echo X=1", "X=1");
    check("exec 3>> $GITHUB_ENV; echo X=1 >&3", "X=1");
    check("f() { echo \"$1=$2\" >> $GITHUB_ENV; }; f X 1; f Y 2", "X=1 Y=2");
    check("for v in X Y; do echo $v=1; done >> $GITHUB_ENV", "X=1 Y=1");
    check("echo X=1 >> $GITHUB_ENV; echo Y=1 > $GITHUB_ENV", "Y=1");
    check("echo \"X<<EOF\" >> $GITHUB_ENV; echo a >> $GITHUB_ENV; echo b >> $GITHUB_ENV; echo EOF >> $GITHUB_ENV", "X=a\\nb");
    check("D=EOF_$RANDOM; { echo \"X<<$D\"; echo a; echo \"$D\"; } >> $GITHUB_ENV", "X=a");
    check("bash -c 'echo X=1 >> $GITHUB_ENV'", "X=1");
    check("X=$(echo X=1 >> $GITHUB_ENV)", "X=1");
}

#[test]
fn the_unknown_stays_within_its_bounds() {
    check("echo \"X=$HIDDEN\" >> $GITHUB_ENV; echo Y=1 >> $GITHUB_ENV", "X=? Y=1");
    check("./versions.sh >> $GITHUB_ENV; echo Z=1 >> $GITHUB_ENV", "X=-|? Y=-|? Z=1");
    check("if [ -f a ]; then echo X=1 >> $GITHUB_ENV; else echo X=2 >> $GITHUB_ENV; fi", "X=1|2");
    check("[ -f a ] && echo X=1 >> $GITHUB_ENV || true", "X=-|1");
    check("sed -i s/a/b/ $GITHUB_ENV", "X=-|? Y=-|? Z=-|?");
    check("for i in $HIDDEN; do echo X=$i >> $GITHUB_ENV; done", "X=-|?");
    check("echo X=1 >> other.txt", "");
    check("(echo X=1 >> $GITHUB_ENV) & wait", "X=-|? Y=-|? Z=-|?");
}

#[test]
fn the_runner_stops_at_what_it_cannot_read() {
    check("echo X=1 >> $GITHUB_ENV; echo nonsense >> $GITHUB_ENV; echo Y=1 >> $GITHUB_ENV", "X=1 error");
    check("echo 'X<<EOF' >> $GITHUB_ENV; echo a >> $GITHUB_ENV", "error");
    check("echo '<<EOF' >> $GITHUB_ENV", "error");
    check("printf 'X<<E\\na\\nE' >> $GITHUB_ENV", "X=a");
    check("printf 'X<<E\\na' >> $GITHUB_ENV", "error");
    check("printf 'X<<E\\nE\\n\\n\\nY= b \\r\\n' >> $GITHUB_ENV", "X= Y= b \\r");
    check("printf 'X<=1\\nY=a<<b\\n' >> $GITHUB_ENV", "Y=a<<b");
    check("echo GITHUB_ENV=x >> $GITHUB_ENV; echo NODE_OPTIONS=x >> $GITHUB_ENV", "");
}

#[test]
fn origins_are_the_characters_that_set_the_value() {
    let outcome = interpreted("echo hello\ncat <<EOF >> $GITHUB_ENV\nY=1\nX=$HOME/a\nEOF\n", process(&[]), &options());
    let mut env = process(&[]).env;
    outcome.success.unwrap().env_file.apply(&mut env);
    let origin = &env.get("Y").choices()[0].origin;
    assert_eq!(origin.location.as_ref().unwrap().source(), "Y=1");
    assert_eq!(env.get("X").choices()[0].origin.location.as_ref().unwrap().start().line, 4);
    let outcome = interpreted("export X=1\nY=2 go a", process(&[]), &options());
    let env = &outcome.invocations[0].env;
    assert_eq!(env.get("X").choices()[0].origin.location.as_ref().unwrap().source(), "X=1");
    assert_eq!(env.get("Y").choices()[0].origin.location.as_ref().unwrap().source(), "Y=2");
}

#[test]
fn paths_are_kept_once_in_order() {
    let outcome =
        interpreted("echo /a >> $GITHUB_PATH; echo \"$HOME/go/bin\" >> $GITHUB_PATH; echo /a >> $GITHUB_PATH", process(&[]), &options());
    let paths = outcome.success.unwrap().path_file.alternatives();
    let shown: Vec<String> = paths[0].directories.iter().map(shown).collect();
    assert_eq!(shown, ["/home/me/go/bin", "/a"]);
}

#[test]
fn hostile_scripts_end() {
    let deep = format!("{}go a{}", "(".repeat(90), ")".repeat(90));
    let wide = "for a in {1..30}; do for b in {1..30}; do for c in {1..30}; do for d in {1..30}; do X=$a$b$c; go x; done; done; done; done"
        .to_owned();
    let long = format!("X=aaaaaaaaaaaaaaaa\n{}export X\ngo a", "X=$X$X\n".repeat(60));
    let nested = format!("{}true", "eval eval ".repeat(200));
    let twice = "f() { f; f; }; f".to_owned();
    let caught = "f() { if true; then X=$(case a in *) f \"$(f)\" ;; esac); fi; }; f".to_owned();
    let shells = "export S='bash -c \"$S\"'; bash -c \"$S\"; e='eval \"$e\"'; eval \"$e\"".to_owned();
    let forks = "if a; then X=1; else X=2; fi; Y=$Y$X\n".repeat(300);
    for script in [deep, wide, long, nested, twice, caught, shells, forks] {
        interpreted(&script, process(&[]), &options());
    }
}
