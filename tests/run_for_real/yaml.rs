//! Writes workflows, each scalar in one of the styles that hold it.

use super::generator::Dice;
use super::workflow::{Defaults, Settings, Step};

pub(super) struct Writer {
    pub(super) text: String,
    dice: Dice,
}

impl Writer {
    pub(super) fn new(seed: u64) -> Self {
        Self { text: String::new(), dice: Dice::new(seed ^ 0x9a31) }
    }

    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&"  ".repeat(indent));
        self.text.push_str(text);
        self.text.push('\n');
    }

    pub(super) fn settings(&mut self, indent: usize, settings: &Settings) {
        if settings.is_empty() {
            return;
        }
        self.line(indent, "env:");
        for (name, value) in settings {
            self.entry(indent + 1, name, &value.source());
        }
    }

    pub(super) fn defaults(&mut self, indent: usize, defaults: &Defaults) {
        if defaults.shell.is_none() && defaults.directory.is_none() {
            return;
        }
        self.line(indent, "defaults:");
        self.line(indent + 1, "run:");
        self.run_keys(indent + 2, defaults);
    }

    fn run_keys(&mut self, indent: usize, defaults: &Defaults) {
        if let Some(shell) = defaults.shell {
            self.entry(indent, "shell", shell);
        }
        if let Some(directory) = &defaults.directory {
            self.entry(indent, "working-directory", &directory.source());
        }
    }

    pub(super) fn step(&mut self, step: &Step) {
        self.line(3, &format!("- id: {}", step.id));
        if let Some((expression, value)) = &step.condition {
            self.entry(4, "if", &format!("{} == '{value}'", expression.source()));
        }
        if step.continues_on_error {
            self.line(4, "continue-on-error: true");
        }
        self.settings(4, &step.env);
        self.run_keys(4, &step.own);
        self.entry(4, "run", &step.run.source());
    }

    /// `key: value` in a style that holds the value.
    fn entry(&mut self, indent: usize, key: &str, value: &str) {
        let scalar = match self.dice.below(6) {
            0 if is_plain(value) => value.to_owned(),
            1 if !value.contains('\n') => format!("'{}'", value.replace('\'', "''")),
            2 => double_quoted(value),
            _ => block(value, indent + 1).unwrap_or_else(|| double_quoted(value)),
        };
        self.line(indent, &format!("{key}: {scalar}"));
    }
}

/// Whether it can stand without quotes and is a string then.
fn is_plain(value: &str) -> bool {
    let starts_plainly = value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '/' || c == '$');
    starts_plainly && !value.contains(['\n', '#', ':']) && !value.ends_with(' ') && !["true", "false", "null"].contains(&value)
}

fn double_quoted(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

/// `|`, `|-`, or `|+`, unless the text begins with a space or a line break.
fn block(value: &str, indent: usize) -> Option<String> {
    let body = value.trim_end_matches('\n');
    if body.is_empty() || body.starts_with([' ', '\n']) {
        return None;
    }
    let chomping = match value.len() - body.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    let padding = "  ".repeat(indent);
    let pad = |line: &str| if line.is_empty() { String::new() } else { format!("{padding}{line}") };
    let lines: Vec<String> = value.strip_suffix('\n').unwrap_or(value).split('\n').map(pad).collect();
    Some(format!("|{chomping}\n{}", lines.join("\n")))
}
