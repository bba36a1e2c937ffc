//! Assignments, to the script's own variables and to the environment.

use super::evaluate::joined;
use super::{Machine, Stream};
use crate::facts::script::session::Session;
use crate::facts::script::values::{assigned, concat, text_of};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::syntax::powershell::ast::{Operator, Variable};
use crate::text::Span;

impl Machine<'_> {
    /// `target operator stream`
    pub(super) fn assign(&mut self, span: Span, target: Option<&Variable>, operator: Operator, stream: Stream, session: &mut Session) {
        let Some(target) = target else {
            let name = self.setting.source(span).to_ascii_lowercase();
            return match name.contains("env:") {
                true => self.not_understood(&name, session),
                false if name.starts_with('[') => {}
                false => session.variables.clear(),
            };
        };
        let value = if stream.items.len() > 1 { Value::unknown(Reason::new("a list in PowerShell")) } else { joined(&stream) };
        if target.is_environment() {
            let before = session.env.get(&target.name).clone();
            let value = self.combined(operator, &before, &value);
            self.set_environment(&target.name, &value, span, session);
        } else {
            let name = target.name.to_lowercase();
            let before = session
                .variables
                .get(&name)
                .cloned()
                .unwrap_or_else(|| Value::unknown(Reason::new(format!("PowerShell variable `${name}`"))));
            session.variables.insert(name, self.combined(operator, &before, &value));
        }
    }

    fn combined(&self, operator: Operator, before: &Value, value: &Value) -> Value {
        match operator {
            Operator::Set => value.clone(),
            Operator::Append => concat([before, value], &Origin::of(OriginKind::Computed)),
            Operator::Default => before.and_then(|choice| match choice.datum {
                Datum::Unset => value.clone(),
                _ => Value::known(choice.datum.clone(), std::sync::Arc::clone(&choice.origin)),
            }),
            Operator::Other => Value::unknown(Reason::new("arithmetic in PowerShell")),
        }
    }

    /// Sets a variable of the environment. `$null` takes it away; so does the empty text, before PowerShell 7.5
    /// (`about_Environment_Variables`).
    pub(super) fn set_environment(&mut self, name: &str, value: &Value, span: Span, session: &mut Session) {
        let origin = self.setting.origin(span);
        let value = value.and_then(|choice| match text_of(&choice.datum) {
            _ if choice.datum == Datum::Unset => Value::unset(std::sync::Arc::clone(&origin)),
            Some("") => Value::unset(std::sync::Arc::clone(&origin)).join(Value::text("", std::sync::Arc::clone(&origin))),
            _ => assigned(&Value::known(choice.datum.clone(), std::sync::Arc::clone(&choice.origin)), &origin),
        });
        session.env.set(name, value);
    }

    /// Takes a variable away.
    pub(super) fn unset_environment(&mut self, name: &str, span: Span, session: &mut Session) {
        session.env.unset(name, self.setting.origin(span));
    }

    /// A variable of the script itself.
    pub(super) fn set_variable(&mut self, name: &str, value: Value, session: &mut Session) {
        session.variables.insert(name.to_lowercase(), value);
    }
}

/// The name in `env:NAME`, a path on the drive of environment variables.
pub(super) fn on_environment_drive(path: &str) -> Option<&str> {
    let (drive, name) = path.split_once(':')?;
    drive.eq_ignore_ascii_case("env").then(|| name.trim_start_matches(['\\', '/'])).filter(|name| !name.is_empty())
}
