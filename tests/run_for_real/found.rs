//! What the comparison with real runs has once found to be wrong.

use policy_core::trace::{TraceCommand, TraceValue};
use policy_core::world::MemoryWorld;

/// What `trace` says of the last `go` command: the words, and the value of GOFLAGS.
fn last(steps: &str) -> String {
    let head = "on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    env:\n      HIDDEN: ${{ secrets.HIDDEN }}\n    steps:\n";
    let world = MemoryWorld::new().with_file(".github/workflows/ci.yml", format!("{head}{steps}"));
    let trace = policy_core::list_places(&world, &[".".to_owned()]);
    let command = trace.places.last().and_then(|place| place.commands.last()).expect("no go command in the trace");
    shown(command)
}

fn shown(command: &TraceCommand) -> String {
    let words = command.argv.iter().flatten().map(|word| word.as_deref().unwrap_or("?"));
    let flags = match &command.env["GOFLAGS"] {
        TraceValue::Known { value, .. } => value.clone(),
        TraceValue::OneOf { values, .. } => values.join("|"),
        TraceValue::Unknown { .. } => "?".to_owned(),
    };
    let perhaps = if command.perhaps { "perhaps " } else { "" };
    format!("{perhaps}{} GOFLAGS={flags}", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_step_that_failed_and_did_not_stop_the_job_has_written_its_files() {
    let steps = |first: &str| format!("{first}      - run: go version\n");
    let write = "echo GOFLAGS=-v >> $GITHUB_ENV";
    let failing = steps(&format!("      - run: {write}; exit 1\n        continue-on-error: true\n"));
    assert_eq!(last(&failing), "go version GOFLAGS=-v");
    let perhaps = steps(&format!("      - run: go vet; {write}\n        continue-on-error: true\n"));
    assert_eq!(last(&perhaps), "go version GOFLAGS=-v|");
    let stops = steps(&format!("      - run: go vet; {write}\n"));
    assert_eq!(last(&stops), "go version GOFLAGS=-v");
}

#[test]
fn whether_sh_knows_double_brackets_is_not_known() {
    let steps = "      - shell: sh\n        run: |\n          if [[ a == a ]]; then export GOFLAGS=-v; fi\n          go version\n";
    assert_eq!(last(steps), "go version GOFLAGS=-v|");
    assert_eq!(last(&steps.replace("shell: sh", "shell: bash")), "go version GOFLAGS=-v");
}

#[test]
fn a_nested_shell_is_followed_though_its_text_holds_something_unknown() {
    let steps = "      - run: sh -c \"go version '$HIDDEN'\"\n";
    assert_eq!(last(steps), "go version ? GOFLAGS=");
}

#[test]
fn what_stands_in_quotes_for_nothing_is_a_word() {
    let first = "      - run: if [ -n \"$HIDDEN\" ]; then echo GOVCS=off >> $GITHUB_ENV; fi\n";
    assert_eq!(last(&format!("{first}      - run: go version '${{{{ secrets.HIDDEN }}}}' a\n")), "go version ? a GOFLAGS=");
    assert_eq!(last(&format!("{first}      - run: set -- '${{{{ env.GOVCS }}}}'; go version $#\n")), "go version 1 GOFLAGS=");
}

#[test]
fn fields_are_split_as_usual_if_ifs_is_unset() {
    assert_eq!(last("      - run: X='a b'; unset IFS; set -- $X; go version $# \"$*\"\n"), "go version 2 a b GOFLAGS=");
}

#[test]
fn words_that_are_split_may_hide_another_command() {
    assert_eq!(last("      - run: env GOFLAGS=a$HIDDEN go version\n"), "perhaps go version GOFLAGS=?");
    assert_eq!(last("      - run: env GOFLAGS=\"a$HIDDEN\" go version\n"), "go version GOFLAGS=?");
}

#[test]
fn a_directory_that_is_added_to_path_again_moves_to_the_front() {
    let add = |directory: &str| format!("      - run: echo {directory} >> $GITHUB_PATH\n");
    let steps = format!("{}{}{}      - run: go version $PATH\n", add("/a"), add("/b"), add("/a"));
    assert_eq!(last(&steps), "go version /a:/b:<PATH> GOFLAGS=");
}

#[test]
fn a_case_begins_with_the_status_before_it() {
    let steps = |after: &str| format!("      - run: |\n          set +e\n          false\n          {after}\n");
    assert_eq!(last(&steps("case a in a) go version $? ;; esac")), "go version 1 GOFLAGS=");
    assert_eq!(last(&steps("case a in b) ;; esac; go version $?")), "go version 0 GOFLAGS=");
    assert_eq!(last(&steps("for i in a; do go version $?; done")), "go version 1 GOFLAGS=");
}

#[test]
fn a_word_that_assigns_names_no_files() {
    assert_eq!(last("      - run: X='*'; env GOFLAGS=$X go version\n"), "go version GOFLAGS=*");
}

#[test]
fn a_subshell_that_may_end_is_not_certain_to_go_on() {
    let steps = |after: &str| format!("      - run: |\n          set -u\n          ( echo $MAYBE_SET; go version ){after}\n");
    assert_eq!(last(&steps(" || true")), "perhaps go version GOFLAGS=");
    assert_eq!(last(&steps("")), "go version GOFLAGS=");
}

#[test]
fn a_local_variable_keeps_what_was_assigned_in_front_of_the_call() {
    let steps = |call: &str| format!("      - run: |\n          f() {{ local X; go version \"$X\"; }}\n          X=outer; {call}\n");
    assert_eq!(last(&steps("X=inner f")), "go version inner GOFLAGS=");
    assert_eq!(last(&steps("f")), "go version  GOFLAGS=");
}

#[test]
fn break_leaves_the_loop_also_in_rounds_that_are_not_known() {
    assert_eq!(last("      - run: for i in $HIDDEN x; do break; done; go version \"$i\"\n"), "go version ? GOFLAGS=");
    assert_eq!(last("      - run: for i in $HIDDEN x; do true; done; go version \"$i\"\n"), "go version x GOFLAGS=");
}

#[test]
fn one_of_several_texts_may_be_shell_syntax() {
    let first = "      - run: if [ -n \"$HIDDEN\" ]; then echo 'GOVCS=$A' >> $GITHUB_ENV; else echo GOVCS=b >> $GITHUB_ENV; fi\n";
    assert_eq!(last(&format!("{first}      - run: go version \"${{{{ env.GOVCS }}}}\"\n")), "go version ? GOFLAGS=");
    assert_eq!(last(&format!("{first}      - run: GOFLAGS=\"${{{{ env.GOVCS }}}}\" go version\n")), "go version GOFLAGS=?");
}
