//! Random workflows of one job: everything that decides what its scripts see, with scripts of the shared generator in between.

use std::collections::BTreeMap;

use super::generator::{self, Dice, HIDDEN, MAYBE};
use super::posix;
use super::yaml;

pub(super) type Variables = BTreeMap<String, String>;

/// Where the runner checks a repository out, in the words of `trace`.
pub(super) const WORKSPACE: &str = "/home/runner/work/repository/repository";

/// An expression of a workflow.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Env(&'static str),
    EnvOr(&'static str, &'static str),
    Matrix(String),
    /// `matrix.axis == 'value' && 'yes' || 'no'`
    Choice(String, String),
    RunnerOs,
    Workspace,
    Hidden,
    Output(String),
}

/// What expressions refer to.
pub(super) struct Contexts<'a> {
    pub(super) env: &'a Variables,
    pub(super) matrix: &'a Variables,
    pub(super) outputs: &'a BTreeMap<String, Variables>,
    pub(super) hidden: &'a str,
}

impl Expression {
    pub(super) fn source(&self) -> String {
        match self {
            Self::Env(name) => format!("env.{name}"),
            Self::EnvOr(name, other) => format!("env.{name} || '{other}'"),
            Self::Matrix(axis) => format!("matrix.{axis}"),
            Self::Choice(axis, value) => format!("matrix.{axis} == '{value}' && 'yes' || 'no'"),
            Self::RunnerOs => "runner.os".to_owned(),
            Self::Workspace => "github.workspace".to_owned(),
            Self::Hidden => "secrets.HIDDEN".to_owned(),
            Self::Output(id) => format!("steps.{id}.outputs.out"),
        }
    }

    pub(super) fn value(&self, contexts: &Contexts<'_>) -> String {
        let env = |name: &str| contexts.env.get(name).cloned().unwrap_or_default();
        let matrix = |axis: &str| contexts.matrix.get(axis).cloned().unwrap_or_default();
        match self {
            Self::Env(name) => env(name),
            Self::EnvOr(name, other) => Some(env(name)).filter(|value| !value.is_empty()).unwrap_or_else(|| (*other).to_owned()),
            Self::Matrix(axis) => matrix(axis),
            Self::Choice(axis, value) => (if matrix(axis) == *value { "yes" } else { "no" }).to_owned(),
            Self::RunnerOs => "Linux".to_owned(),
            Self::Workspace => WORKSPACE.to_owned(),
            Self::Hidden => contexts.hidden.to_owned(),
            Self::Output(id) => contexts.outputs.get(id).and_then(|outputs| outputs.get("out")).cloned().unwrap_or_default(),
        }
    }
}

/// A part of a text with expressions.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Expression(Expression),
}

/// A text with expressions.
#[derive(Clone, Debug, Default)]
pub(super) struct Template(Vec<Piece>);

impl Template {
    fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    fn push(&mut self, text: &str) {
        self.0.push(Piece::Text(text.to_owned()));
    }

    fn push_expression(&mut self, expression: Expression) {
        self.0.push(Piece::Expression(expression));
    }

    /// As the workflow has it.
    pub(super) fn source(&self) -> String {
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Expression(expression) => format!("${{{{ {} }}}}", expression.source()),
        };
        self.0.iter().map(part).collect()
    }

    /// As the runner makes it.
    pub(super) fn rendered(&self, contexts: &Contexts<'_>) -> String {
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Expression(expression) => expression.value(contexts),
        };
        self.0.iter().map(part).collect()
    }
}

pub(super) type Settings = Vec<(&'static str, Template)>;

#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    pub(super) shell: Option<&'static str>,
    pub(super) directory: Option<Template>,
}

#[derive(Debug)]
pub(super) struct Step {
    pub(super) id: String,
    /// `if: matrix.axis == 'value'`, `if: env.NAME == ''`.
    pub(super) condition: Option<(Expression, String)>,
    pub(super) continues_on_error: bool,
    pub(super) env: Settings,
    pub(super) own: Defaults,
    pub(super) run: Template,
}

/// An axis of the matrix: its name, and its values as YAML and as text.
type Axis = (String, Vec<(&'static str, &'static str)>);

#[derive(Debug)]
pub(super) struct Workflow {
    pub(super) seed: u64,
    pub(super) hidden: &'static str,
    pub(super) env: Settings,
    pub(super) defaults: Defaults,
    pub(super) job_env: Settings,
    pub(super) job_defaults: Defaults,
    axes: Vec<Axis>,
    pub(super) steps: Vec<Step>,
}

impl Workflow {
    pub(super) fn random(seed: u64) -> Self {
        Author { dice: Dice::new(seed ^ 0x5eed), axes: Vec::new(), ids: Vec::new() }.workflow(seed)
    }

    pub(super) fn path(&self) -> String {
        format!(".github/workflows/{}.yml", self.seed)
    }

    /// All legs, the last axis fastest.
    pub(super) fn legs(&self) -> Vec<Variables> {
        self.axes.iter().fold(vec![Variables::new()], |legs, (name, values)| {
            let with = |leg: &Variables, text: &str| leg.clone().into_iter().chain([(name.clone(), text.to_owned())]).collect();
            legs.iter().flat_map(|leg| values.iter().map(move |(_, text)| with(leg, text))).collect()
        })
    }

    /// The workflow as a file.
    pub(super) fn source(&self) -> String {
        let mut writer = yaml::Writer::new(self.seed);
        writer.line(0, "on: push");
        writer.settings(0, &self.env);
        writer.defaults(0, &self.defaults);
        writer.line(0, "jobs:");
        writer.line(1, "job:");
        writer.line(2, "runs-on: ubuntu-latest");
        if !self.axes.is_empty() {
            writer.line(2, "strategy:");
            writer.line(3, "matrix:");
        }
        for (name, values) in &self.axes {
            let values: Vec<&str> = values.iter().map(|(yaml, _)| *yaml).collect();
            writer.line(4, &format!("{name}: [{}]", values.join(", ")));
        }
        writer.settings(2, &self.job_env);
        writer.defaults(2, &self.job_defaults);
        writer.line(2, "steps:");
        for step in &self.steps {
            writer.step(step);
        }
        writer.text
    }
}

struct Author {
    dice: Dice,
    axes: Vec<Axis>,
    ids: Vec<String>,
}

impl Author {
    fn chance(&mut self, one_in: usize) -> bool {
        self.dice.below(one_in) == 0
    }

    fn workflow(mut self, seed: u64) -> Workflow {
        let hidden = self.dice.pick(HIDDEN);
        self.axes = self.matrix();
        let (env, defaults) = (self.settings(false), self.defaults());
        let mut job_env = self.settings(false);
        job_env.push(("ROOT", Template(vec![Piece::Expression(Expression::Workspace)])));
        job_env.push(("HIDDEN", Template(vec![Piece::Expression(Expression::Hidden)])));
        job_env.push(("MAYBE", Template::text(self.dice.pick(MAYBE))));
        let job_defaults = self.defaults();
        let renames = !self.chance(4);
        let scripts = generator::job(seed);
        let mut steps = Vec::new();
        if self.chance(2) {
            steps.push(self.perhaps_step());
        }
        for script in scripts {
            let script = if renames { renamed(&script) } else { script };
            let step = self.step(steps.len(), &script, &[&job_defaults, &defaults]);
            self.ids.push(step.id.clone());
            steps.push(step);
        }
        Workflow { seed, hidden, env, defaults, job_env, job_defaults, axes: self.axes, steps }
    }

    fn matrix(&mut self) -> Vec<Axis> {
        let flags: &[(&str, &str)] = &[("a", "a"), ("'b c'", "b c"), ("-mod=mod", "-mod=mod"), ("\"x,y\"", "x,y"), ("d1", "d1")];
        let numbers: &[(&str, &str)] = &[("1.20", "1.2"), ("1", "1"), ("true", "true"), ("0x10", "16"), ("'1.20'", "1.20"), ("''", "")];
        let mut axes = Vec::new();
        for (name, values, number) in [("flag", flags, self.dice.below(3)), ("n", numbers, self.dice.below(3))] {
            let start = self.dice.below(values.len());
            let chosen: Vec<_> = values.iter().cycle().skip(start).take(number).copied().collect();
            if !chosen.is_empty() {
                axes.push((name.to_owned(), chosen));
            }
        }
        axes
    }

    fn defaults(&mut self) -> Defaults {
        Defaults {
            shell: self.chance(4).then(|| self.dice.pick(&["bash", "bash", "sh", "bash -eu {0}"])),
            directory: self.chance(6).then(|| self.directory()),
        }
    }

    fn directory(&mut self) -> Template {
        match self.dice.below(6) {
            0 => Template::text("d1"),
            1 => Template::text("./d1/d2/"),
            2 => Template::text("d 3"),
            3 => Template(vec![Piece::Expression(Expression::Workspace), Piece::Text("/d1".to_owned())]),
            4 => Template::text("d1/../d1"),
            _ => Template::text("."),
        }
    }

    /// Some `env:`; of workflow and job, which have no `env` context, or of a step.
    fn settings(&mut self, in_step: bool) -> Settings {
        let mut settings = Settings::new();
        for name in ["GOFLAGS", "CGO_ENABLED", "GOOS", "X", "Y", "GOPRIVATE", "GOVCS", "CC"] {
            if self.chance(4) {
                settings.push((name, self.value(in_step)));
            }
        }
        settings
    }

    fn value(&mut self, in_step: bool) -> Template {
        let texts = ["a", "b c", "", "-mod=mod -trimpath", "0", "1", "linux", "x=y", "it's", "a\nb", "a: b #c", "\"q\"", " lead", "é", "*"];
        match self.dice.below(10) {
            0..=5 => Template::text(self.dice.pick(&texts)),
            6 => Template(vec![Piece::Text("p-".to_owned()), Piece::Expression(self.expression(in_step)), Piece::Text("-s".to_owned())]),
            _ => Template(vec![Piece::Expression(self.expression(in_step))]),
        }
    }

    fn expression(&mut self, in_step: bool) -> Expression {
        let name = self.dice.pick(&["GOFLAGS", "X", "GOPRIVATE", "GOVCS", "CGO_ENABLED", "HIDDEN", "MAYBE", "HOME"]);
        match self.dice.below(8) {
            0 | 1 if in_step => Expression::Env(name),
            2 if in_step => Expression::EnvOr(name, "other"),
            3 if in_step && !self.ids.is_empty() => Expression::Output(self.ids[self.dice.below(self.ids.len())].clone()),
            4 => Expression::RunnerOs,
            5 => Expression::Choice("flag".to_owned(), self.dice.pick(&["a", "b c"]).to_owned()),
            6 => Expression::Matrix("n".to_owned()),
            _ => Expression::Matrix("flag".to_owned()),
        }
    }

    /// A step after which variables have one of several values.
    fn perhaps_step(&mut self) -> Step {
        let file = "\"$GITHUB_ENV\"";
        let run = format!("if [ -n \"$HIDDEN\" ]; then echo MAYBE=b >> {file}; else echo GOVCS=off >> {file}; fi\ngo perhaps $MAYBE\n");
        let own = Defaults { shell: Some("bash"), directory: None };
        Step { id: "perhaps".to_owned(), condition: None, continues_on_error: false, env: Vec::new(), own, run: Template::text(run) }
    }

    fn step(&mut self, index: usize, script: &str, defaults: &[&Defaults]) -> Step {
        let shells = ["bash", "bash", "sh", "bash {0}", "bash -euo pipefail {0}", "bash --noprofile --norc -e {0}"];
        let shell = self.chance(3).then(|| self.dice.pick(&shells));
        let directory = self.chance(6).then(|| self.directory());
        let env = self.settings(true);
        let in_force = shell.or_else(|| defaults.iter().find_map(|defaults| defaults.shell));
        let script = if in_force == Some("sh") { posix::script(&mut self.dice) } else { script.to_owned() };
        Step {
            id: format!("s{index}"),
            condition: self.chance(8).then(|| self.condition()),
            continues_on_error: self.chance(5),
            env,
            own: Defaults { shell, directory },
            run: self.with_expressions(&script),
        }
    }

    fn condition(&mut self) -> (Expression, String) {
        match self.dice.below(3) {
            0 => (Expression::Matrix("flag".to_owned()), "a".to_owned()),
            1 => (Expression::Env(self.dice.pick(&["GOFLAGS", "HIDDEN"])), String::new()),
            _ => (Expression::RunnerOs, "Linux".to_owned()),
        }
    }

    /// The script with expressions in front, behind, and in some of its commands.
    fn with_expressions(&mut self, script: &str) -> Template {
        let mut template = Template::default();
        self.expression_line(&mut template);
        for line in script.split_inclusive('\n') {
            let body = line.trim_end_matches('\n');
            template.push(body);
            if body.trim_start().starts_with("go a ") && self.chance(4) {
                template.push(" \"");
                let expression = self.expression(true);
                template.push_expression(expression);
                template.push("\"");
            }
            template.push("\n");
        }
        self.expression_line(&mut template);
        template.push("go path \"$PATH\"\n");
        template
    }

    fn expression_line(&mut self, template: &mut Template) {
        let name = self.dice.pick(&["GOFLAGS", "GOVCS", "X"]);
        let (before, after) = match self.dice.below(9) {
            0 => ("go quoted '".to_owned(), "'\n"),
            1 => (format!("export {name}=\""), "\"\n"),
            2 => (format!("{name}=\""), "\"\n"),
            3 => (format!("echo \"{name}="), "\" >> \"$GITHUB_ENV\"\n"),
            4 => ("echo \"out=".to_owned(), "\" >> \"$GITHUB_OUTPUT\"\n"),
            5 => ("if [ \"".to_owned(), "\" = a ]; then go yes; else go no; fi\n"),
            6 => (format!("echo \"PATH=$ROOT/{name}:$PATH"), "\" >> \"$GITHUB_ENV\"\n"),
            7 => (format!("echo \"$ROOT/{name}"), "\" >> \"$GITHUB_PATH\"\n"),
            _ => ("go bare ".to_owned(), " end\n"),
        };
        let bare = before.starts_with("go bare");
        let expression = if bare { Expression::Matrix("flag".to_owned()) } else { self.expression(true) };
        template.push(&before);
        template.push_expression(expression);
        template.push(after);
    }
}

/// The script with variables of Go in place of `X`, `Y` and `L`, so that `trace` tells of them.
fn renamed(script: &str) -> String {
    let mut renamed = String::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = if is_part(first) { rest.find(|c| !is_part(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(end);
        renamed.push_str(match word {
            "X" => "GOPRIVATE",
            "Y" => "GOVCS",
            "L" => "CC",
            other => other,
        });
        rest = after;
    }
    renamed
}
