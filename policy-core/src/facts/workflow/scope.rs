//! The expression contexts of a place in a workflow, and what YAML values evaluate to there.
//!
//! Which contexts exist where: `workflow-v1.0.json` of actions/runner. Keys that gopolicy reads are only evaluated where GitHub does.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::matrix::{Leg, Legs, MatrixSpec};
use super::runner::{Os, Runner};
use super::start;
use crate::facts::environment::Environment;
use crate::facts::expression::{Contexts, Json, Object, Partial, format_number, same_name};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::syntax::expression::{Function, Scope as Names, Template, parse};
use crate::syntax::yaml::{Document, Node, Typed};
use crate::text::Location;

/// Outputs of a step by name, as far as they are known.
pub(crate) type Outputs = BTreeMap<Arc<str>, Value>;

/// What expressions can refer to.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) document: &'a Arc<Document>,
    pub(crate) leg: Option<&'a Leg>,
    pub(crate) runner: Option<&'a Runner>,
    pub(crate) in_container: bool,
    pub(crate) env: Option<&'a Environment>,
    /// Inputs of a composite action; `None` in a workflow.
    pub(crate) inputs: Option<&'a BTreeMap<Arc<str>, Value>>,
    pub(crate) outputs: Option<&'a BTreeMap<Arc<str>, Outputs>>,
}

impl<'a> Scope<'a> {
    /// Outside any job.
    pub(crate) fn of_document(document: &'a Arc<Document>) -> Self {
        Self { document, leg: None, runner: None, in_container: false, env: None, inputs: None, outputs: None }
    }

    /// In a matrix leg.
    pub(crate) fn with_leg(self, leg: &'a Leg) -> Self {
        Self { leg: Some(leg), ..self }
    }

    /// The legs of a job; one without values if there is no matrix.
    pub(crate) fn legs(&self, matrix: Option<&Node>) -> Legs {
        match matrix {
            Some(node) => MatrixSpec::from_node(&self.document.text, node, self).expand(),
            None => Legs { legs: vec![Leg::default()], unknown: None, errors: Vec::new() },
        }
    }

    /// A scalar as a text, with its expressions evaluated, as the runner converts it.
    pub(crate) fn text(&self, node: &Node, kind: OriginKind) -> Value {
        let origin = Origin::at(kind, Location::new(&self.document.text, node.span));
        match (node.scalar(), node.typed()) {
            (Some(_), Some(Typed::Null)) => Value::text("", origin),
            (Some(_), Some(Typed::Bool(flag))) => Value::text(if flag { "true" } else { "false" }, origin),
            (Some(_), Some(Typed::Number(number))) => Value::text(format_number(number), origin),
            (Some(scalar), _) => self.template(&scalar.content, &origin),
            (None, _) => Value::unknown(Reason::new("value of a shape that GitHub does not accept")),
        }
    }

    fn template(&self, content: &str, origin: &Arc<Origin>) -> Value {
        if !content.contains("${{") {
            return Value::text(content, Arc::clone(origin));
        }
        match Template::parse(content, Names::ANY) {
            Ok(template) => template
                .evaluate(self)
                .map_or_else(|error| Value::unknown(Reason::new(error.to_string())), |partial| as_value(&partial, origin)),
            Err(error) => Value::unknown(Reason::new(error.to_string())),
        }
    }

    /// The entries of an `env:` mapping, in order. An `env:` that is one expression may set anything; GitHub does not allow it below jobs.
    pub(crate) fn variables(&self, node: &Node, kind: OriginKind) -> Vec<(Arc<str>, Value)> {
        let entry = |entry: &crate::syntax::yaml::Entry| Some((Arc::from(entry.key.as_str()?), self.text(&entry.value, kind)));
        node.entries().iter().filter_map(entry).collect()
    }

    /// Whether an `if:` holds, if that can be told. Earlier steps are taken to have succeeded.
    pub(crate) fn truth(&self, node: &Node) -> Option<bool> {
        match node.typed()? {
            Typed::Null => Some(true),
            Typed::Bool(flag) => Some(flag),
            Typed::Number(number) => Some(number != 0.0),
            Typed::String => self.condition(node.as_str()?.trim()),
        }
    }

    /// `${{ … }}` around a whole condition is optional. A condition with text around an expression is a text, and so true.
    fn condition(&self, source: &str) -> Option<bool> {
        let inner = source.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).filter(|inner| !inner.contains("${{"));
        if inner.is_none() && source.contains("${{") {
            let template = Template::parse(source, Names::ANY).ok()?;
            return template.evaluate(self).ok()?.truth();
        }
        parse(inner.unwrap_or(source), Names::ANY).ok()?.holds(self).ok()?
    }

    /// The machine that `runs-on` asks for.
    pub(crate) fn runner(&self, node: Option<&Node>) -> Runner {
        let Some(node) = node else { return Runner::unknown("") };
        if let Some(runner) = self.computed_runner(node) {
            return runner;
        }
        let labels = node.get("labels").unwrap_or(node);
        let items = if labels.items().is_empty() { std::slice::from_ref(labels) } else { labels.items() };
        let texts: Option<Vec<Arc<str>>> = items.iter().map(|item| self.label(item)).collect();
        match texts {
            Some(labels) if node.entries().is_empty() || node.get("group").is_none() => {
                Runner::from_labels(labels.iter().map(|label| &**label))
            }
            Some(labels) => Runner { hosted: false, ..Runner::from_labels(labels.iter().map(|label| &**label)) },
            None => Runner::unknown(node.as_str().unwrap_or_default()),
        }
    }

    /// The machine that an expression asks for, if it gives a list or a group: `${{ fromJSON('["self-hosted", "linux"]') }}`.
    fn computed_runner(&self, node: &Node) -> Option<Runner> {
        let value = Template::parse(&node.scalar()?.content, Names::ANY).ok()?.evaluate(self).ok()?;
        let (labels, in_group) = match value.single()? {
            Json::Object(object) => {
                (object.get("labels").cloned().unwrap_or_else(|| Partial::known(Json::array([]))), object.get("group").is_some())
            }
            Json::Array(_) => (value, false),
            _ => return None,
        };
        let labels: Option<Vec<Arc<str>>> = match labels.single() {
            Some(Json::Array(array)) => array.items().iter().map(Partial::as_text).collect(),
            _ => labels.as_text().map(|label| vec![label]),
        };
        let runner = labels.map_or_else(|| Runner::unknown(""), |labels| Runner::from_labels(labels.iter().map(|label| &**label)));
        Some(Runner { hosted: runner.hosted && !in_group, ..runner })
    }

    fn label(&self, node: &Node) -> Option<Arc<str>> {
        self.text(node, OriginKind::Document).as_text().cloned()
    }

    fn github(&self) -> Object {
        let mut github = Object::open(Reason::new("github context"));
        if let Some(runner) = self.runner {
            github.set("workspace", Partial::text(start::workspace(runner, self.in_container)));
        }
        github
    }

    fn runner_context(&self) -> Object {
        let mut context = Object::open(Reason::new("runner context"));
        let Some(runner) = self.runner else { return context };
        let mut set = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                context.set(name, Partial::text(value));
            }
        };
        set("os", runner.os.map(Os::context_name));
        set("arch", runner.arch.map(|arch| if arch == "amd64" { "X64" } else { "ARM64" }));
        set("temp", if self.in_container { Some("/__w/_temp") } else { runner.temp() });
        set("tool_cache", if self.in_container { Some("/__t") } else { runner.tool_cache() });
        context
    }

    fn env_context(&self) -> Object {
        let Some(env) = self.env else { return Object::open(Reason::new("env context")) };
        let mut context = env.reason_for_others().map_or_else(Object::default, |reason| Object::open(reason.clone()));
        env.iter().for_each(|(name, value)| context.set(Arc::clone(name), as_partial(value)));
        context
    }

    fn input_context(&self) -> Object {
        match self.inputs {
            Some(inputs) => inputs.iter().map(|(name, value)| (Arc::clone(name), as_partial(value))).collect(),
            None => Object::open(Reason::new("inputs of the workflow")),
        }
    }

    fn step_context(&self) -> Object {
        let steps = self.outputs.into_iter().flatten();
        steps.map(|(id, outputs)| (Arc::clone(id), step_object(id, outputs))).collect()
    }

    /// `env.NAME`; of names that differ in case only, the last one counts.
    fn env_entry(&self, name: &str) -> Partial {
        let Some(env) = self.env else { return Partial::unknown(Reason::new("env context")) };
        let found = env.iter().filter(|(known, _)| same_name(known, name)).last();
        match (found, env.reason_for_others()) {
            (Some((_, value)), _) => as_partial(value),
            (None, Some(reason)) => Partial::unknown(reason.clone()),
            (None, None) => Partial::known(Json::Null),
        }
    }

    /// `steps.ID`
    fn step_entry(&self, name: &str) -> Partial {
        let found = self.outputs.into_iter().flatten().rfind(|(id, _)| same_name(id, name));
        found.map_or_else(|| Partial::known(Json::Null), |(id, outputs)| step_object(id, outputs))
    }
}

/// `steps.<id>`: its outputs, and its outcome, which is not known. Programs of the step may have written other outputs than its script.
fn step_object(id: &str, known: &Outputs) -> Partial {
    let mut step = Object::open(Reason::new(format!("outcome of step `{id}`")));
    let mut outputs = Object::open(Reason::new(format!("outputs of step `{id}`")));
    known.iter().for_each(|(name, value)| outputs.set(Arc::clone(name), as_partial(value)));
    step.set("outputs", Partial::known(Json::Object(Arc::new(outputs))));
    Partial::known(Json::Object(Arc::new(step)))
}

impl Contexts for Scope<'_> {
    fn get(&self, name: &str) -> Option<Partial> {
        let object = match name {
            "matrix" => return Some(self.leg.map_or_else(|| Partial::known(Json::Null), Leg::context)),
            "github" => self.github(),
            "runner" => self.runner_context(),
            "env" => self.env_context(),
            "inputs" => self.input_context(),
            "steps" => self.step_context(),
            "secrets" | "vars" | "needs" | "strategy" | "job" | "jobs" => Object::open(Reason::new(format!("{name} context"))),
            _ => return None,
        };
        Some(Partial::known(Json::Object(Arc::new(object))))
    }

    /// The contexts with many entries; the others are quick to put together.
    fn entry(&self, context: &str, name: &str) -> Option<Partial> {
        match context {
            "env" => Some(self.env_entry(name)),
            "steps" => Some(self.step_entry(name)),
            _ => None,
        }
    }

    /// Steps are looked at as if everything before them went well; a step for failures may run or not.
    fn status(&self, function: Function) -> Partial {
        match function {
            Function::Success | Function::Always => Partial::known(Json::Bool(true)),
            _ => Partial::either(),
        }
    }
}

/// What an expression gives, as a value with an origin.
pub(crate) fn as_value(partial: &Partial, origin: &Arc<Origin>) -> Value {
    let text = partial.to_text();
    let choices = text.choices().iter().filter_map(|choice| match choice {
        Json::String(text) => Some(Value::text(Arc::clone(text), Arc::clone(origin))),
        _ => None,
    });
    let known = choices.reduce(Value::join);
    match (known, text.reason()) {
        (Some(known), None) => known,
        (Some(known), Some(reason)) => known.or_unknown(reason.clone()),
        (None, reason) => Value::unknown(reason.cloned().unwrap_or_else(|| Reason::new("expression"))),
    }
}

/// A value as an expression sees it; what is unset is not there.
pub(crate) fn as_partial(value: &Value) -> Partial {
    let known = value.choices().iter().map(|choice| match &choice.datum {
        Datum::Text(text) => Partial::text(Arc::clone(text)),
        _ => Partial::known(Json::Null),
    });
    let known = known.reduce(Partial::join);
    match (known, value.reason()) {
        (Some(known), None) => known,
        (Some(known), Some(reason)) => known.or_unknown(reason.clone()),
        (None, reason) => Partial::unknown(reason.cloned().unwrap_or_else(|| Reason::new("value"))),
    }
}
