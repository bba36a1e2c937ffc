//! The words of commands: as native programs get them, and as cmdlets bind them.

use super::{Edition, Machine};
use crate::facts::script::Argument;
use crate::facts::script::session::{Session, whole};
use crate::facts::script::values::{concat, only_text, reason_of};
use crate::facts::value::{Origin, OriginKind, Reason, Value};
use crate::syntax::powershell::ast::{Expression, ExpressionKind, Part};

impl<'a> Machine<'a> {
    /// The arguments that a word gives to a native program.
    pub(super) fn native(&mut self, word: &'a Expression, session: &mut Session) -> Vec<Argument> {
        let location = (self.setting.locate)(word.span);
        match &word.kind {
            // The text of a `${{ … }}` stands in the script itself.
            ExpressionKind::Text { bare: true, parts } if parts.iter().any(|part| matches!(part, Part::Hole(_))) => {
                let value = self.value(word, session);
                vec![Argument { several: true, ..Argument::new(Value::unknown(reason_of(&value)), location) }]
            }
            ExpressionKind::Text { bare: true, .. } if !self.is_expandable(word) => self.dashed(word, session),
            // `a,b` reaches a program as one argument (`NativeCommandParameterBinder.cs`).
            ExpressionKind::Array(items) => {
                let values: Vec<Value> = items.iter().map(|item| self.value(item, session)).collect();
                let comma = Value::text(",", Origin::of(OriginKind::Computed));
                let parts = values.iter().enumerate().flat_map(|(index, value)| (index > 0).then_some(&comma).into_iter().chain([value]));
                let blank = self.setting.source(word.span).contains(char::is_whitespace);
                let value = if blank {
                    Value::unknown(Reason::new("a list in PowerShell"))
                } else {
                    concat(parts, &Origin::of(OriginKind::Computed))
                };
                vec![Argument::new(value, location)]
            }
            ExpressionKind::Text { .. } | ExpressionKind::Sum(_) if !self.is_subexpression(word) => {
                vec![Argument::new(self.value(word, session), location)]
            }
            ExpressionKind::ScriptBlock(block) => {
                self.perhaps(block, session);
                vec![Argument::new(self.value(word, session), location)]
            }
            _ => {
                let stream = self.stream(word, session);
                let open = stream.open.map(|reason| Argument { several: true, ..Argument::new(Value::unknown(reason), location.clone()) });
                stream.items.into_iter().map(|(line, _)| Argument::new(whole(&line), location.clone())).chain(open).collect()
            }
        }
    }

    fn is_subexpression(&self, word: &Expression) -> bool {
        self.setting.source(word.span).starts_with("$(")
    }

    /// Whether a bare word is an ordinary one: the tokenizer takes `-` and a letter for the start of a parameter's name.
    fn is_expandable(&self, word: &Expression) -> bool {
        let source = self.setting.source(word.span);
        let name = source.strip_prefix('-').and_then(|rest| rest.chars().next());
        !name.is_some_and(|c| c.is_alphabetic() || c == '_' || c == '?')
    }

    /// `-name…`: cut in two at the first `.` (<https://github.com/PowerShell/PowerShell/issues/6291>, which newer releases of
    /// `pwsh` may have changed), unless a quote comes first; a `$` in it is not expanded by every release.
    fn dashed(&mut self, word: &'a Expression, session: &mut Session) -> Vec<Argument> {
        let location = (self.setting.locate)(word.span);
        let source = self.setting.source(word.span);
        let plain = source.split(['\'', '"']).next().unwrap_or(source);
        let whole = self.value(word, session);
        if plain.contains(['$', '`']) && plain.len() == source.len() {
            return vec![Argument::new(Value::unknown(Reason::new("a variable in an argument that starts with `-`")), location)];
        }
        let cut = plain.len() == source.len() && plain.contains(['.', '[']);
        match (cut, self.edition, only_text(&whole).and_then(|text| text.find(['.', '[']).and_then(|at| text.split_at_checked(at)))) {
            (false, ..) => vec![Argument::new(whole, location)],
            (true, Edition::Windows, Some((name, rest))) => {
                [name, rest].map(|text| Argument::new(Value::text(text, Origin::of(OriginKind::Document)), location.clone())).into()
            }
            (true, ..) => {
                let value = Value::unknown(Reason::new("where PowerShell cuts an argument that starts with `-`"));
                vec![Argument { several: true, ..Argument::new(value, location) }]
            }
        }
    }
}

/// What a cmdlet is given. Names of parameters may be shortened as far as they stay unique.
pub(super) struct Bound<'a> {
    named: Vec<(&'static str, &'a Expression)>,
    switches: Vec<&'static str>,
    /// What has no name, in order.
    pub(super) positional: Vec<&'a Expression>,
}

/// A cmdlet's parameters, in lower case.
pub(super) struct Parameters {
    /// With a value, those that also take positional arguments first, in order.
    pub(super) valued: &'static [&'static str],
    /// Without.
    pub(super) switches: &'static [&'static str],
}

impl<'a> Bound<'a> {
    /// Binds the words behind a cmdlet's name.
    pub(super) fn new(words: &'a [Expression], parameters: &Parameters) -> Self {
        let mut bound = Self { named: Vec::new(), switches: Vec::new(), positional: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match parameter(word).map(|name| parameters.find(&name)) {
                Some(Some((name, true))) => bound.named.extend(words.next().map(|value| (name, value))),
                Some(Some((name, false))) => bound.switches.push(name),
                Some(None) => {}
                None => bound.positional.push(word),
            }
        }
        bound
    }

    /// The value of a parameter: named, or the positional argument that is left for it.
    pub(super) fn get(&self, name: &str, position: usize) -> Option<&'a Expression> {
        let named = self.named.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        named.or_else(|| self.positional.get(position).copied())
    }

    /// The value of a parameter that is named.
    pub(super) fn named(&self, name: &str) -> Option<&'a Expression> {
        self.get(name, usize::MAX)
    }

    /// Whether a switch is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.switches.contains(&name)
    }
}

impl Parameters {
    fn find(&self, name: &str) -> Option<(&'static str, bool)> {
        let all = || self.valued.iter().map(|name| (*name, true)).chain(self.switches.iter().map(|name| (*name, false)));
        all().find(|(known, _)| *known == name).or_else(|| all().find(|(known, _)| known.starts_with(name)))
    }
}

/// The name in `-Name` or `-Name:`, in lower case.
fn parameter(word: &Expression) -> Option<String> {
    let ExpressionKind::Text { parts, bare: true } = &word.kind else { return None };
    let Some(Part::Literal(text)) = parts.first() else { return None };
    let name = text.strip_prefix('-')?.split(':').next()?;
    (!name.is_empty() && name.chars().all(char::is_alphabetic)).then(|| name.to_lowercase())
}
