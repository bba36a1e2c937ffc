//! Searching a tree for commands, in everything that may run: branches, bodies of functions, substitutions.

use super::ast::{AssignedValue, Command, CommandKind, Item, List, Operator, Part, Pipeline, Redirect, RedirectKind, Test, Word};

/// What a search comes by.
#[derive(Clone, Copy)]
pub(crate) enum Found<'t> {
    /// The words of a simple command; at least one.
    Command(&'t [Word]),
    /// A word that a variable may become: the value of an assignment, or one of those that a loop goes through.
    Assigned(&'t Word),
    /// The name of a function that is defined.
    Function(&'t str),
}

/// A question about what is found; yes ends the search.
type Wanted<'w> = &'w dyn Fn(Found<'_>) -> bool;

/// Whether some simple command of a list, at any depth, has the words wanted.
pub(crate) fn any_command(list: &List, wanted: &dyn Fn(&[Word]) -> bool) -> bool {
    let wanted = |found: Found<'_>| matches!(found, Found::Command(words) if wanted(words));
    list.items.iter().any(|item| in_item(item, &wanted))
}

/// Whether something in an item, at any depth, is wanted.
pub(crate) fn in_item(item: &Item, wanted: Wanted<'_>) -> bool {
    in_pipeline(&item.first, wanted) || item.rest.iter().any(|(_, pipeline)| in_pipeline(pipeline, wanted))
}

fn in_list(list: &List, wanted: Wanted<'_>) -> bool {
    list.items.iter().any(|item| in_item(item, wanted))
}
fn in_pipeline(pipeline: &Pipeline, wanted: Wanted<'_>) -> bool {
    pipeline.commands.iter().any(|command| in_command(command, wanted))
}

/// Whether something in a command, at any depth, is wanted.
pub(crate) fn in_command(command: &Command, wanted: Wanted<'_>) -> bool {
    let in_list = |list: &List| in_list(list, wanted);
    let in_body = match &command.kind {
        CommandKind::Simple { assignments, words } => {
            !words.is_empty() && wanted(Found::Command(words))
                || in_words(words, wanted)
                || assignments.iter().any(|assignment| in_assigned(&assignment.value, wanted))
        }
        CommandKind::Group(body) | CommandKind::Subshell(body) | CommandKind::ArithmeticFor { body } => in_list(body),
        CommandKind::If { arms, otherwise } => {
            arms.iter().any(|(condition, body)| in_list(condition) || in_list(body)) || otherwise.as_ref().is_some_and(in_list)
        }
        CommandKind::For { words, body, .. } => words.iter().flatten().any(|word| in_assigned_word(word, wanted)) || in_list(body),
        CommandKind::While { condition, body, .. } => in_list(condition) || in_list(body),
        CommandKind::Case { word, arms } => {
            in_word(word, wanted) || arms.iter().any(|arm| in_words(&arm.patterns, wanted) || in_list(&arm.body))
        }
        CommandKind::Function { name, body } => wanted(Found::Function(name)) || in_command(body, wanted),
        CommandKind::Coprocess(body) => in_command(body, wanted),
        CommandKind::Arithmetic => false,
        CommandKind::Test(test) => in_test(test, wanted),
    };
    in_body || command.redirects.iter().any(|redirect| in_word(target(redirect), wanted))
}

fn in_assigned(value: &AssignedValue, wanted: Wanted<'_>) -> bool {
    match value {
        AssignedValue::Word(word) | AssignedValue::Element(word) => in_assigned_word(word, wanted),
        AssignedValue::Array(words) => words.iter().any(|word| in_assigned_word(word, wanted)),
    }
}

fn in_assigned_word(word: &Word, wanted: Wanted<'_>) -> bool {
    wanted(Found::Assigned(word)) || in_word(word, wanted)
}

fn target(redirect: &Redirect) -> &Word {
    match &redirect.kind {
        RedirectKind::Read(word)
        | RedirectKind::Write(word)
        | RedirectKind::Append(word)
        | RedirectKind::ReadWrite(word)
        | RedirectKind::Duplicate(word)
        | RedirectKind::HereDocument(word)
        | RedirectKind::HereString(word) => word,
    }
}

fn in_test(test: &Test, wanted: Wanted<'_>) -> bool {
    match test {
        Test::Word(word) | Test::Unary(_, word) => in_word(word, wanted),
        Test::Binary(left, _, right) => in_word(left, wanted) || in_word(right, wanted),
        Test::Not(inner) => in_test(inner, wanted),
        Test::And(left, right) | Test::Or(left, right) => in_test(left, wanted) || in_test(right, wanted),
    }
}

fn in_words(words: &[Word], wanted: Wanted<'_>) -> bool {
    words.iter().any(|word| in_word(word, wanted))
}

fn in_word(word: &Word, wanted: Wanted<'_>) -> bool {
    word.parts.iter().any(|part| in_part(part, wanted))
}

fn in_part(part: &Part, wanted: Wanted<'_>) -> bool {
    match part {
        Part::DoubleQuoted(parts) => parts.iter().any(|part| in_part(part, wanted)),
        Part::Command(list) | Part::Process(list) => in_list(list, wanted),
        Part::Parameter(parameter) => in_operator(&parameter.operator, wanted),
        Part::Literal(_) | Part::Quoted(_) | Part::Arithmetic(_) | Part::Tilde(_) | Part::Hole(_) => false,
    }
}

fn in_operator(operator: &Operator, wanted: Wanted<'_>) -> bool {
    match operator {
        Operator::Default { word, .. }
        | Operator::Alternative { word, .. }
        | Operator::Error { word, .. }
        | Operator::Remove { pattern: word, .. } => in_word(word, wanted),
        Operator::Assign { word, .. } => in_assigned_word(word, wanted),
        Operator::Replace { pattern, replacement, .. } => in_word(pattern, wanted) || in_word(replacement, wanted),
        Operator::None | Operator::Length | Operator::Indirect | Operator::Substring(_) | Operator::Case { .. } | Operator::Other(_) => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::Part;
    use super::super::parse;
    use super::*;

    fn runs(script: &str) -> bool {
        let named = |words: &[Word]| matches!(words[0].parts.as_slice(), [Part::Literal(name)] if name == "go");
        any_command(&parse(script).list, &named)
    }

    #[test]
    fn a_command_is_found_wherever_it_stands() {
        for script in [
            "true && go",
            "a | go",
            "{ (go) }",
            "if a; then b; elif go; then c; fi",
            "if a; then b; else go; fi",
            "for x in $(go); do a; done",
            "for x; do go; done",
            "for ((;;)); do go; done",
            "until a; do go; done",
            "case $(go) in a) b;; esac",
            "case a in a) go;; esac",
            "f() { go; }",
            "X=$(go)",
            "X=(a $(go))",
            "echo \"a $(go)\"",
            "echo ${X:-$(go)} >a",
            "echo ${X//a/$(go)}",
            "a <(go)",
            "a >\"$(go)\"",
            "cat <<E\n$(go)\nE",
            "[[ -n $(go) && a == b ]]",
            "! [[ ! ( a < $(go) ) ]]",
        ] {
            assert!(runs(script), "{script}");
        }
        assert!(!runs("echo go; X=go; [[ go ]]; for go in go; do a go; done; cat <<E\ngo\nE"));
    }
}
