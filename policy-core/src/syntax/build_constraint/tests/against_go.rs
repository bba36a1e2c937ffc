//! Every constraint of many real projects, evaluated here and by Go's own package.

#![expect(clippy::disallowed_methods, reason = "a test that runs the real command")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::facts::go::installed::toolchains;
use crate::syntax::build_constraint::Expression;
use crate::syntax::build_constraint::line::{ConstraintLine, Notation, Placement};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/build_constraints/main.go");
const SETS: usize = 500;

/// What no project writes, or should not.
const ODD: &[&str] = &[
    "//go:build a && (b || !c) && !(d && e)",
    "//go:build ((a))",
    "//go:build !(!(a))",
    "//go:build a||b&&c",
    "//go:build été || _ || 1.2",
    "//go:build",
    "//go:build a,b",
    "//go:build a b",
    "//go:build !!a",
    "//go:build (a",
    "//go:build (",
    "//go:build a)",
    "//go:build && a",
    "//go:build a &",
    "//go:build a - b",
    "//go:build a // b",
    "// +build a,b !c,d",
    "// +build",
    "//+build !!a ! ,a a,,b a-b été",
];

/// The constraints that projects write, each once.
fn constraints() -> BTreeSet<String> {
    let projects = std::fs::read_dir(CORPUS).into_iter().flatten().flatten();
    let lists = projects.filter_map(|project| std::fs::read_to_string(project.path().join("_constraints.txt")).ok());
    let mut found: BTreeSet<String> = ODD.iter().map(|line| (*line).to_owned()).collect();
    if !Path::new(CORPUS).is_dir() {
        println!("skipped: the corpus is absent; only made-up constraints are compared");
    }
    for list in lists {
        found.extend(list.lines().filter_map(|line| line.splitn(3, '\t').nth(2)).map(|line| line.trim().to_owned()));
    }
    found
}

/// A small generator of random numbers (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A set of tags as binary digits, with few or many members.
    fn set(&mut self, size: usize) -> String {
        let members = self.next() % 5;
        (0..size).map(|_| if self.next() % 5 < members { '1' } else { '0' }).collect()
    }
}

/// A constraint, and sets of its tags.
struct Question {
    line: String,
    read: Result<Expression, String>,
    universe: Vec<String>,
    sets: Vec<String>,
}

impl Question {
    fn new(line: String, random: &mut Random) -> Option<Self> {
        let parsed = ConstraintLine::parse(&line, 0, Placement::Read)?;
        let read = match parsed.notation {
            Notation::GoBuild | Notation::PlusBuild => parsed.condition.map_err(|error| error.kind.to_string()),
            Notation::Spaced | Notation::Suspected => Err(String::from("not a build constraint")),
        };
        let tags = read.iter().flat_map(Expression::tags).map(|tag| tag.name.to_string());
        let universe: Vec<String> = tags.collect::<BTreeSet<_>>().into_iter().collect();
        let sets = (0..SETS).map(|_| random.set(universe.len())).collect();
        Some(Self { line, read, universe, sets })
    }

    fn input(&self) -> String {
        format!("{}\t{}\t{}\n", self.line, self.universe.join(","), self.sets.join("\t"))
    }

    /// The line that the Go program must print.
    fn answer(&self) -> String {
        let expression = match &self.read {
            Ok(expression) => expression,
            Err(message) => return format!("!{message}"),
        };
        let is_set = |set: &str, tag: &str| {
            let index = self.universe.iter().position(|name| name == tag)?;
            set.as_bytes().get(index).map(|digit| *digit == b'1')
        };
        let digit = |set: &String| if expression.evaluate(&|tag| is_set(set, tag)) == Some(true) { '1' } else { '0' };
        format!("{expression}\t{}", self.sets.iter().map(digit).collect::<String>())
    }
}

fn ask(go: &Path, input: &str) -> String {
    let mut command = Command::new(go);
    command.args(["run", PROGRAM]).env("GOTOOLCHAIN", "local").env("GOFLAGS", "").env("GOWORK", "off");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn evaluates_every_constraint_as_go_does() {
    let Some(newest) = toolchains().into_iter().max_by_key(|toolchain| toolchain.version) else { return };
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let questions: Vec<Question> = constraints().into_iter().filter_map(|line| Question::new(line, &mut random)).collect();
    let input: String = questions.iter().map(Question::input).collect();
    let printed = ask(&newest.go, &input);
    let answers: Vec<&str> = printed.lines().collect();
    assert_eq!(answers.len(), questions.len());
    for (question, answer) in questions.iter().zip(answers) {
        assert_eq!(question.answer(), answer, "{}", question.line);
    }
    println!("{} constraints, {} tag sets each", questions.len(), SETS);
}
