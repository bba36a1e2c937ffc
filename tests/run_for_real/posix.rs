//! Random scripts for `shell: sh`.

use super::generator::Dice;

const NAMES: &[&str] = &["GOFLAGS", "CGO_ENABLED", "GOOS", "GOPRIVATE", "GOVCS"];
const TEXTS: &[&str] = &["a", "b", "1", "0", "-mod=mod", "x=y", "a-b-c", "v1.2.3"];

pub(super) fn script(dice: &mut Dice) -> String {
    let statements = 6 + dice.below(8);
    let mut text: String = (0..statements).map(|_| statement(dice, 0)).collect();
    text.push_str("go last \"$GOPRIVATE\" $GOVCS\n");
    text
}

fn word(dice: &mut Dice) -> String {
    let (name, a, b) = (dice.pick(NAMES), dice.pick(TEXTS), dice.pick(TEXTS));
    match dice.below(14) {
        0 | 1 => a.to_owned(),
        2 => format!("'{a} {b}'"),
        3 => format!("\"{a} ${name}\""),
        4 => format!("${name}"),
        5 => format!("\"${{{name}:-{a}}}\""),
        6 => format!("\"${{{name}#*[-.]}}\""),
        7 => format!("\"${{{name}%-*}}\""),
        8 => format!("$(printf '%s-%s' {a} \"${name}\")"),
        9 => format!("\"$(echo {a} ${name})\""),
        10 => "\"$HIDDEN\"".to_owned(),
        11 => "$((1 + 2))".to_owned(),
        12 => "{a,b}".to_owned(),
        _ => "\"$MAYBE\"".to_owned(),
    }
}

fn condition(dice: &mut Dice) -> String {
    let (name, text) = (dice.pick(NAMES), dice.pick(TEXTS));
    match dice.below(6) {
        0 => format!("[ -n \"${name}\" ]"),
        1 => format!("[ \"${name}\" = {text} ]"),
        2 => "[ \"$HIDDEN\" = a ]".to_owned(),
        3 => "go fail".to_owned(),
        4 => "[[ a == a ]]".to_owned(),
        _ => "go ok".to_owned(),
    }
}

fn statement(dice: &mut Dice, depth: usize) -> String {
    let (name, other, value) = (dice.pick(NAMES), dice.pick(NAMES), word(dice));
    match dice.below(if depth < 2 { 19 } else { 15 }) {
        0..=2 => format!("go a {value} {}\n", word(dice)),
        3 => format!("{name}={value} go b \"${other}\"\n"),
        4 => format!("{name}={value}\n"),
        5 => format!("export {name}={value}\n"),
        6 => format!("echo \"{name}=${other}\" >> \"$GITHUB_ENV\"\n"),
        7 => format!("echo '{name}=a\\n{other}=b' >> $GITHUB_ENV\n"),
        8 => format!("printf '{name}=%s\\n' {value} >> \"$GITHUB_ENV\"\n"),
        9 => format!("unset {name}\n"),
        10 => format!("set -- {value} {}\ngo all \"$@\"\n", word(dice)),
        11 => format!("env {name}={value} go e\n"),
        12 => format!("cat <<EOF >> $GITHUB_ENV\n{name}=${other}\nEOF\n"),
        13 => format!("echo -e {name}={value} >> \"$GITHUB_ENV\" || true\n"),
        14 => format!("{} || {name}={value}\n", condition(dice)),
        15 => format!("if {}; then\n{}else\n{}fi\n", condition(dice), statement(dice, depth + 1), statement(dice, depth + 1)),
        16 => format!("for {name} in {value} {}; do\n{}done\n", word(dice), statement(dice, depth + 1)),
        17 => format!("(\n{}{})\n", statement(dice, depth + 1), statement(dice, depth + 1)),
        _ => format!("case {value} in a*) {} ;; *) go other ;; esac\n", condition(dice)),
    }
}
