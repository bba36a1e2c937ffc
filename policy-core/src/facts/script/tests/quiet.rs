//! What is left out of a script makes no difference to what is seen from outside.

use super::generator::job;
use super::*;
use crate::facts::script::runner_files::Setting;

/// A repository with one more script.
struct Repository<'t> {
    text: &'t str,
    /// Whether scripts are followed to their ends.
    to_the_end: bool,
}

impl Repository<'_> {
    fn read(&self, text: &str) -> Script {
        if self.to_the_end { Script::unread(parse(text)) } else { Script::read(text, &recognise::is_go) }
    }

    /// Runs a script in which `⟨0⟩` is an expression with two possible values.
    fn run(&self, script: &str) -> Outcome {
        let script = &script.replace('⟨', &HOLE_START.to_string()).replace('⟩', &HOLE_END.to_string());
        let text = Text::file("ci.yml", script.as_str());
        let locate = |span| Location::new(&text, span);
        let hole = ["make test", "go test"].map(|text| Value::text(text, Origin::of(OriginKind::Document))).into_iter().reduce(Value::join);
        let source = Source { script: &self.read(script), text: script, locate: &locate, holes: &hole.into_iter().collect::<Vec<_>>() };
        interpret(&source, process(&[("TOOL", "docker")]), &options(), self)
    }
}

impl Oracle for Repository<'_> {
    fn output(&self, argv: &[Value], process: &Process) -> Option<Value> {
        Answers.output(argv, process)
    }

    fn script(&self, path: &str, shell: Dialect) -> Option<ScriptFile> {
        if path != "/work/ci/nested" {
            return Answers.script(path, shell);
        }
        Some(ScriptFile { text: Text::file("ci/nested", self.text), script: Arc::new(self.read(self.text)), dialect: Dialect::Bash })
    }

    fn concerns(&self, name: Option<&str>) -> bool {
        name.is_some_and(recognise::is_go)
    }
}

/// Go commands and what was written to `$GITHUB_ENV`. Whether a command runs for certain hangs on whether a script can fail,
/// which is not known of one that is not followed.
fn visible(outcome: &Outcome) -> (String, Option<Vec<Vec<Setting>>>) {
    let written = outcome.success.as_ref().map(|end| end.env_file.alternatives().into_iter().map(|(settings, _)| settings).collect());
    (seen(outcome).replace(" ~", ""), written)
}

fn both(script: &str, nested: &str) -> [Outcome; 2] {
    [true, false].map(|to_the_end| Repository { text: nested, to_the_end }.run(script))
}

#[test]
fn what_is_left_out_cannot_be_seen() {
    let mut saved = 0;
    for seed in 0..150 {
        let text = job(seed).join("\n").replace("go last \"$X\" $Y", "");
        for script in [text.as_str(), "ci/nested go\ngo after\n", "ci/nested a | tee log\nX=$(ci/nested)\ngo after $X\n"] {
            let [whole, cut] = both(script, &text);
            if whole.success.is_some() {
                assert_eq!(visible(&whole), visible(&cut), "seed {seed}\n{script}\n{text}");
            } else {
                // That a script fails in any case is not known of one that is not followed to its end.
                assert!(visible(&cut).0.starts_with(&visible(&whole).0), "seed {seed}\n{script}\n{text}");
            }
            saved += whole.steps - cut.steps.min(whole.steps);
        }
    }
    assert!(saved > 0);
}

/// How many steps are saved; nothing that is seen may change.
fn saved(script: &str, nested: &str) -> usize {
    let [whole, cut] = both(script, nested);
    assert_eq!(visible(&whole), visible(&cut), "{script}\n{nested}");
    whole.steps - cut.steps.min(whole.steps)
}

const LONG: &str = "for x in a b c; do echo $x; docker run $x; done\n";

#[test]
fn a_quiet_rest_is_not_followed() {
    for script in [
        format!("go test\n{LONG}"),
        format!("go test\nf() {{ docker \"$@\"; }}\nf run\n{LONG}"),
        format!("f() {{ \"$@\"; }}\nf go test\nf docker run\nX=1\n{LONG}"),
        format!("go test\n$TOOL run\n{LONG}"),
        format!("go test\nsudo docker run\n./missing\n{LONG}"),
        format!("go test\nexport OUT=dist/docker\n{LONG}"),
        format!("main() {{\ngo test\n{LONG}}}\nmain \"$@\"\n"),
    ] {
        assert!(saved(&script, "") > 0, "{script}");
    }
    assert!(saved("go build\nci/nested\ngo test\n", LONG) > 0);
    assert!(saved("ci/nested\ngo test\n", &format!("export GOFLAGS=-v\n{LONG}")) > 0, "the variables of a child end with it");
}

#[test]
fn whatever_may_reach_go_is_followed() {
    for script in [
        format!("{LONG}go test\n"),
        format!("f() {{ go test; }}\nX=1\n{LONG}f\n"),
        format!("f() {{ \"$@\"; }}\nX=1\n{LONG}f go test\n"),
        format!("X=go\n{LONG}$X test\n"),
        format!("{LONG}⟨0⟩\n"),
        format!("export X=go\n{LONG}$X test\n"),
        format!("set -- go test\n{LONG}\"$@\"\n"),
        format!("X=$PWD/build.sh\n{LONG}$X\n"),
        format!("for X in true go; do\n{LONG}$X test; done\n"),
        format!(": ${{X:=go}}\n{LONG}$X test\n"),
        format!("{LONG}eval \"$(echo go test)\"\n"),
        format!("{LONG}sudo -E go test\n"),
        format!("{LONG}bash -c 'go test'\n"),
        format!("{LONG}. ./env.sh\ngo test\n"),
        format!("{LONG}./build.sh\n"),
        format!("{LONG}bash -o pipefail build.sh\n"),
        format!("{LONG}echo A=1 >> $GITHUB_ENV\n"),
        format!("F=$GITHUB_ENV\n{LONG}X=1\necho A=1 >> $F\n"),
        format!("exec >> $GITHUB_ENV\n{LONG}echo A=1\n"),
        format!("export GOFLAGS=-v\n{LONG}"),
        format!("main() {{\n{LONG}export GOFLAGS=-v\n}}\nmain\n"),
        format!("main() {{\nX=go\n{LONG}X=1; }}\nmain && $X test\n"),
        format!("main() {{\n{LONG}f() {{ go test; }}\n}}\nmain\nf\n"),
        format!("main() {{\n{LONG}GOFLAGS=-v\n}}\nexport GOFLAGS\nmain $(main) | go test\n"),
    ] {
        saved(&script, "");
    }
    for nested in ["f() { \"$@\"; }\nf go test\n", "\"$@\"\n", "cd sub\n../build.sh\n", "case $1 in go) $1 test;; esac\n"] {
        saved("ci/nested go test\n", nested);
    }
}

#[test]
fn hostile_scripts_are_surveyed_in_bounds() {
    let chain: String = (0..3_000).map(|index| format!("f{index}() {{ f{} ./x; }}\n", index + 1)).collect();
    let calls: String = (0..6_000).map(|index| format!("a{index} ./x{index}; $X\n")).collect();
    for script in [format!("{chain}go test\nf0\n{LONG}"), format!("go test\n{calls}")] {
        assert!(both(&script, "")[1].steps > 0);
    }
}
