//! Trees as compact S-expressions.
//!
//! Words print as their parts joined by `+`: `lit`, `'quoted'`, `"…"`, `$name`, `$(…)`, `((…))`, `<(…)`, `<~user>`, `#hole`.

use crate::syntax::shell::ast::*;

pub(super) fn list(list: &List) -> String {
    join(&list.items, "; ", item)
}

fn join<T>(all: &[T], separator: &str, print: impl Fn(&T) -> String) -> String {
    all.iter().map(print).collect::<Vec<_>>().join(separator)
}

fn item(item: &Item) -> String {
    let mut text = pipeline(&item.first);
    for (connector, next) in &item.rest {
        text += if *connector == Connector::And { " && " } else { " || " };
        text += &pipeline(next);
    }
    text + if item.background { " &" } else { "" }
}

fn pipeline(pipeline: &Pipeline) -> String {
    let negated = if pipeline.negated { "! " } else { "" };
    format!("{negated}{}", join(&pipeline.commands, " | ", command))
}

fn command(command: &Command) -> String {
    let redirects = command.redirects.iter().map(|each| format!(" {}", redirect(each))).collect::<String>();
    format!("{}{redirects}", kind(&command.kind))
}

fn kind(kind: &CommandKind) -> String {
    match kind {
        CommandKind::Simple { assignments, words } => {
            let all = assignments.iter().map(assignment).chain(words.iter().map(word)).collect::<Vec<_>>();
            format!("({})", all.join(" "))
        }
        CommandKind::Group(body) => format!("(group {})", list(body)),
        CommandKind::Subshell(body) => format!("(subshell {})", list(body)),
        CommandKind::If { arms, otherwise } => {
            let arms = join(arms, " ", |(condition, body)| format!("[{}: {}]", list(condition), list(body)));
            let otherwise = otherwise.as_ref().map_or(String::new(), |body| format!(" [else: {}]", list(body)));
            format!("(if {arms}{otherwise})")
        }
        CommandKind::For { name, words, body } => {
            let words = words.as_ref().map_or("\"$@\"".to_owned(), |words| format!("[{}]", join(words, " ", word)));
            format!("(for {name} {words} {})", list(body))
        }
        CommandKind::ArithmeticFor { body } => format!("(for(( {})", list(body)),
        CommandKind::While { until, condition, body } => {
            format!("({} [{}] {})", if *until { "until" } else { "while" }, list(condition), list(body))
        }
        CommandKind::Case { word: subject, arms } => {
            let arms = join(arms, " ", |arm| {
                let end = if arm.falls_through { " ;&" } else { "" };
                format!("[{}: {}{end}]", join(&arm.patterns, "|", word), list(&arm.body))
            });
            format!("(case {} {arms})", word(subject))
        }
        CommandKind::Function { name, body } => format!("(function {name} {})", command(body)),
        CommandKind::Arithmetic => "((…))".to_owned(),
        CommandKind::Test(inner) => format!("[[{}]]", test(inner)),
        CommandKind::Coprocess(inner) => format!("(coproc {})", command(inner)),
    }
}

fn assignment(assignment: &Assignment) -> String {
    let sign = if assignment.append { "+=" } else { "=" };
    match &assignment.value {
        AssignedValue::Word(value) => format!("{{{}{sign}{}}}", assignment.name, word(value)),
        AssignedValue::Element(value) => format!("{{{}[]{sign}{}}}", assignment.name, word(value)),
        AssignedValue::Array(words) => format!("{{{}{sign}({})}}", assignment.name, join(words, " ", word)),
    }
}

fn redirect(redirect: &Redirect) -> String {
    let (sign, target) = match &redirect.kind {
        RedirectKind::Read(word) => ("<", word),
        RedirectKind::Write(word) => (">", word),
        RedirectKind::Append(word) => (">>", word),
        RedirectKind::ReadWrite(word) => ("<>", word),
        RedirectKind::Duplicate(word) => (">&", word),
        RedirectKind::HereDocument(word) => ("<<", word),
        RedirectKind::HereString(word) => ("<<<", word),
    };
    format!("{}{sign}{}", redirect.descriptor.map_or(String::new(), |number| number.to_string()), word(target))
}

fn word(word: &Word) -> String {
    if word.parts.is_empty() { "∅".to_owned() } else { join(&word.parts, "+", part) }
}

fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.replace('\n', "⏎"),
        Part::Quoted(text) => format!("'{}'", text.replace('\n', "⏎")),
        Part::DoubleQuoted(parts) => format!("\"{}\"", join(parts, "+", self::part)),
        Part::Parameter(found) => parameter(found),
        Part::Command(inner) => format!("$({})", list(inner)),
        Part::Arithmetic(text) => format!("(({text}))"),
        Part::Process(inner) => format!("<({})", list(inner)),
        Part::Tilde(user) => format!("<~{user}>"),
        Part::Hole(index) => format!("#{index}"),
    }
}

fn parameter(parameter: &Parameter) -> String {
    let subscript = parameter.subscript.as_ref().map_or(String::new(), |text| format!("[{text}]"));
    let name = format!("{}{subscript}", parameter.name);
    let colon = |colon: &bool| if *colon { ":" } else { "" };
    match &parameter.operator {
        Operator::None => format!("${name}"),
        Operator::Length => format!("${{length {name}}}"),
        Operator::Indirect => format!("${{indirect {name}}}"),
        Operator::Default { colon: with, word: value } => format!("${{{name} {}- {}}}", colon(with), word(value)),
        Operator::Assign { colon: with, word: value } => format!("${{{name} {}= {}}}", colon(with), word(value)),
        Operator::Alternative { colon: with, word: value } => format!("${{{name} {}+ {}}}", colon(with), word(value)),
        Operator::Error { colon: with, word: value } => format!("${{{name} {}? {}}}", colon(with), word(value)),
        Operator::Remove { prefix, longest, pattern } => {
            let sign = if *prefix { "#" } else { "%" };
            format!("${{{name} {} {}}}", sign.repeat(1 + usize::from(*longest)), word(pattern))
        }
        Operator::Replace { all, anchor, pattern, replacement } => {
            let anchor = anchor.map_or(String::new(), String::from);
            let sign = if *all { "//" } else { "/" };
            format!("${{{name} {sign}{anchor} {} {}}}", word(pattern), word(replacement))
        }
        Operator::Substring(text) => format!("${{{name} : {text}}}"),
        Operator::Case { upper, all } => format!("${{{name} {}}}", if *upper { "^" } else { "," }.repeat(1 + usize::from(*all))),
        Operator::Other(text) => format!("${{{name} other {text}}}"),
    }
}

fn test(inner: &Test) -> String {
    match inner {
        Test::Word(value) => word(value),
        Test::Unary(operator, value) => format!("({operator} {})", word(value)),
        Test::Binary(left, operator, right) => format!("({operator} {} {})", word(left), word(right)),
        Test::Not(inner) => format!("(! {})", test(inner)),
        Test::And(left, right) => format!("(&& {} {})", test(left), test(right)),
        Test::Or(left, right) => format!("(|| {} {})", test(left), test(right)),
    }
}
