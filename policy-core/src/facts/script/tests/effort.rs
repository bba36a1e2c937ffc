//! Whatever is in a script, following it takes no more steps than are allowed, and what comes out is not taken for certain.

use super::*;
use crate::facts::script::machine::MOST_STEPS;

/// A path that is at its end may still be on its way through the commands around it.
const SLACK: usize = 1_000;

fn steps(script: &str) -> usize {
    interpreted(script, process(&[]), &options()).steps
}

#[test]
fn nested_loops_in_functions_are_bounded() {
    let loops = "for a in 1 2 3 4 5 6 7 8; do for b in 1 2 3 4 5 6 7 8; do while read X; do g $a$b; done; done; done";
    let functions: String = (0..12).map(|level| format!("f{level}() {{ for x in 1 2 3 4 5 6 7 8; do f{} $x; V{level}=$x; done; }}\n", level + 1)).collect();
    for script in [format!("g() {{ make $1; }}\n{loops}\n"), format!("{functions}f12() {{ make; }}\nf0\n"), "f() { f; f; f; }\nf\n".to_owned()] {
        let steps = steps(&script);
        assert!(steps <= MOST_STEPS + SLACK, "{steps} steps in\n{script}");
    }
}

#[test]
fn many_variables_in_deep_branches_are_bounded() {
    let assignments: String = (0..3000).map(|index| format!("V{index}=a\n")).collect();
    let branches: String = (0..200).map(|index| format!("if probe; then V{index}=$HIDDEN; else W{index}=b; fi\n")).collect();
    for script in [format!("{assignments}eval \"$HIDDEN\"\neval \"$HIDDEN\"\n"), format!("{assignments}{branches}while probe; do V1=$V2; V2=$V1; done\n")] {
        let steps = steps(&script);
        assert!(steps <= MOST_STEPS + SLACK, "{steps} steps");
    }
}

#[test]
fn output_that_doubles_is_bounded() {
    let script = "echo a >> $GITHUB_ENV\n".to_owned() + &"cat $GITHUB_ENV >> $GITHUB_ENV\n".repeat(2000);
    assert!(steps(&script) <= MOST_STEPS + SLACK);
}

#[test]
fn the_rest_of_a_script_that_is_too_long_is_uncertain() {
    let script = "make\n".repeat(MOST_STEPS + 10) + "go build\n";
    let outcome = interpreted(&script, process(&[]), &options());
    assert!(!outcome.problems.is_empty());
    assert!(!outcome.success.unwrap().env_file.alternatives().is_empty());
    assert!(outcome.steps >= MOST_STEPS);
}

#[test]
fn what_comes_after_long_loops_is_reached() {
    let loops = "for a in 1 2 3 4 5 6 7 8 9; do for b in 1 2 3 4 5 6 7 8 9; do for c in 1 2 3 4 5 6 7 8 9; do for d in 1 2 3 4 5; do make $a$b$c$d; done; done; done; done\n";
    let outcome = interpreted(&format!("{loops}go test\n"), process(&[]), &options());
    assert_eq!(seen(&outcome), "go test");
}
