//! Directives to what they say.

use super::directive::{Dialect, Directive};
use super::file::{Argument, DirectiveLine, Godebug, ModFile, ModuleVersion, Problem, Replace, Require, Retract};
use super::lexer::Token;
use super::quoted::unquote;
use super::tree::{self, Line, Tree};
use super::version::{canonical, check_major, path_major};
use crate::text::{Span, Text};

/// Reads a file.
pub(crate) fn parse(text: &Text, dialect: Dialect) -> ModFile {
    let mut tree = tree::read(text, dialect);
    let mut file = ModFile { problems: std::mem::take(&mut tree.problems), ..ModFile::default() };
    file.constraints = tree.all_comments.iter().filter(|comment| looks_like_constraint(comment.text)).map(plain).collect();
    file.lines = tree.lines.iter().map(place).collect();
    let mut reader = Reader { dialect, tree: &tree, file };
    for line in &tree.lines {
        if let Err(problem) = reader.directive(line) {
            reader.file.problems.push(problem);
        }
    }
    reader.file.problems.sort_by_key(|problem| problem.span);
    reader.file.problems.truncate(MOST_PROBLEMS);
    reader.file
}

/// More problems than this are not worth reading.
const MOST_PROBLEMS: usize = 1000;

fn place(line: &Line<'_>) -> DirectiveLine {
    let first = line.arguments.first().map(|token| token.span);
    DirectiveLine { verb: line.verb.span, first, span: line.span }
}

/// `//go:build …` or `// +build …`.
fn looks_like_constraint(comment: &str) -> bool {
    let words = |text: &str, word: &str| text.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\t']));
    let legacy = comment.strip_prefix("//").map(str::trim_start).is_some_and(|text| words(text, "+build"));
    words(comment, "//go:build") || legacy
}

type Read<T> = Result<T, Problem>;

struct Reader<'r, 't> {
    dialect: Dialect,
    tree: &'r Tree<'t>,
    file: ModFile,
}

impl<'t> Reader<'_, 't> {
    fn directive(&mut self, line: &Line<'t>) -> Read<()> {
        let verb = line.verb.text;
        let known = Directive::find(verb, self.dialect).map_or("", |directive| directive.name);
        match known {
            "module" => self.module(line)?,
            "go" => self.go(line)?,
            "toolchain" => self.toolchain(line)?,
            "require" => self.file.require.push(require(line)?),
            "exclude" => self.file.exclude.push(exclude(line)?),
            "replace" => self.file.replace.push(replace(line, self.tree.comment_of(line).join("\n"))?),
            "retract" => self.file.retract.push(retract(line, self.tree.comment_of(line).join("\n"))?),
            "godebug" => self.file.godebug.push(godebug(line)?),
            "tool" => self.file.tool.push(only(line, "tool directive expects exactly one argument")?),
            "ignore" => self.file.ignore.push(only(line, "ignore directive expects exactly one argument")?),
            "use" => self.file.uses.push(only(line, "usage: use local/dir")?),
            _ => return fail(line.verb.span, format!("unknown directive: {verb}")),
        }
        Ok(())
    }

    fn module(&mut self, line: &Line<'t>) -> Read<()> {
        if self.file.module.is_some() {
            return fail(line.span, "repeated module statement");
        }
        self.file.deprecated = deprecation(&self.tree.comment_of(line));
        self.file.module = Some(only(line, "usage: module module/path")?);
        Ok(())
    }

    fn go(&mut self, line: &Line<'t>) -> Read<()> {
        if self.file.go.is_some() {
            return fail(line.span, "repeated go statement");
        }
        let version = single(line, "go directive expects exactly one argument")?;
        if !is_go_version(version.text) {
            return fail(version.span, format!("invalid go version '{}': must match format 1.23.0", version.text));
        }
        self.file.go = Some(plain(version));
        Ok(())
    }

    fn toolchain(&mut self, line: &Line<'t>) -> Read<()> {
        if self.file.toolchain.is_some() {
            return fail(line.span, "repeated toolchain statement");
        }
        let name = single(line, "toolchain directive expects exactly one argument")?;
        if !matches!(name.text, "default" | "go1") && !name.text.starts_with("go1.") {
            return fail(name.span, format!("invalid toolchain version '{}': must match format go1.23.0 or default", name.text));
        }
        self.file.toolchain = Some(plain(name));
        Ok(())
    }
}

fn require(line: &Line<'_>) -> Read<Require> {
    let (path, version) = module_at_version(line)?;
    Ok(Require { path, version, indirect: line.is_indirect() })
}

fn exclude(line: &Line<'_>) -> Read<ModuleVersion> {
    let (path, version) = module_at_version(line)?;
    Ok(ModuleVersion { path, version: Some(version) })
}

/// The arguments of `require` and `exclude`.
fn module_at_version(line: &Line<'_>) -> Read<(Argument, Argument)> {
    match line.arguments.as_slice() {
        [path, version] => versioned(line, path, version),
        _ => fail(line.span, format!("usage: {} module/path v1.2.3", line.verb.text)),
    }
}

/// A module's path and a version that fits it.
fn versioned(line: &Line<'_>, path: &Token<'_>, version: &Token<'_>) -> Read<(Argument, Argument)> {
    let path = string(path)?;
    let version = canonical_version(line, &path, version)?;
    match check_major(&version.value, major_of(&path)?) {
        Ok(()) => Ok((path, version)),
        Err(message) => fail(version.span, format!("{} {}: {message}", line.verb.text, path.value)),
    }
}

fn major_of(path: &Argument) -> Read<&str> {
    path_major(&path.value).ok_or_else(|| Problem { span: path.span, message: String::from("invalid module path") })
}

fn canonical_version(line: &Line<'_>, path: &Argument, token: &Token<'_>) -> Read<Argument> {
    let invalid = |why: &str| {
        let message = format!("{} {}: version \"{}\" invalid: {why}", line.verb.text, path.value, token.text);
        Problem { span: token.span, message }
    };
    let version = unquote(token.text).map_err(&invalid)?;
    let value = canonical(&version).ok_or_else(|| invalid("must be of the form v1.2.3"))?;
    Ok(Argument { value, span: token.span })
}

const REPLACE_USAGE: &str =
    "usage: replace module/path [v1.2.3] => other/module v1.4, or replace module/path [v1.2.3] => ../local/directory";

fn replace(line: &Line<'_>, comment: String) -> Read<Replace> {
    let (old, new) = match line.arguments.as_slice() {
        [path, arrow, new @ ..] if arrow.text == "=>" => (old_module(path)?, new),
        [path, version, arrow, new @ ..] if arrow.text == "=>" => {
            let (path, version) = versioned(line, path, version)?;
            (ModuleVersion { path, version: Some(version) }, new)
        }
        _ => return fail(line.span, REPLACE_USAGE),
    };
    let new = match new {
        [path, version] => new_module(line, path, version)?,
        [path] => new_directory(path)?,
        _ => return fail(line.span, REPLACE_USAGE),
    };
    Ok(Replace { old, new, comment })
}

fn old_module(path: &Token<'_>) -> Read<ModuleVersion> {
    let path = string(path)?;
    major_of(&path)?;
    Ok(ModuleVersion { path, version: None })
}

fn new_module(line: &Line<'_>, path: &Token<'_>, version: &Token<'_>) -> Read<ModuleVersion> {
    let path = string(path)?;
    let version = canonical_version(line, &path, version)?;
    if is_directory_path(&path.value) {
        return fail(path.span, format!("replacement module directory path \"{}\" cannot have version", path.value));
    }
    Ok(ModuleVersion { path, version: Some(version) })
}

fn new_directory(path: &Token<'_>) -> Read<ModuleVersion> {
    let path = string(path)?;
    if !is_directory_path(&path.value) {
        let with_version = path.value.contains('@');
        let message = if with_version {
            "replacement module must match format 'path version', not 'path@version'"
        } else {
            "replacement module without version must be directory path (rooted or starting with . or ..)"
        };
        return fail(path.span, message);
    }
    Ok(ModuleVersion { path, version: None })
}

/// Whether Go takes it for a directory and not for a module's path, on whatever system.
///
/// Source: `IsDirectoryPath` in `modfile/rule.go`.
pub(crate) fn is_directory_path(path: &str) -> bool {
    let relative = ["./", "../", ".\\", "..\\", "/", "\\"].iter().any(|start| path.starts_with(start));
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    relative || drive || matches!(path, "." | "..")
}

fn retract(line: &Line<'_>, rationale: String) -> Read<Retract> {
    let (low, high, rest) = match line.arguments.as_slice() {
        [open, low, comma, high, close, rest @ ..] if open.text == "[" && comma.text == "," && close.text == "]" => (low, high, rest),
        [open, ..] if open.text == "[" => return fail(line.span, "expected '[version, version]'"),
        [version, rest @ ..] if version.text != "(" => (version, version, rest),
        _ => return fail(line.span, "expected '[' or version"),
    };
    // As written: `modfile` leaves it to its caller to make retracted versions canonical.
    let (low, high) = (string(low)?, string(high)?);
    match rest.first() {
        Some(extra) => fail(extra.span, format!("unexpected token after version: \"{}\"", extra.text)),
        None => Ok(Retract { low, high, rationale }),
    }
}

fn godebug(line: &Line<'_>) -> Read<Godebug> {
    let setting = single(line, "usage: godebug key=value")?;
    let pair = setting.text.split_once('=').filter(|_| !setting.text.contains(['"', '`', '\'', ',']));
    let Some((key, value)) = pair else { return fail(setting.span, "usage: godebug key=value") };
    let start = setting.span.start as usize;
    let middle = start + key.len();
    Ok(Godebug {
        key: Argument { value: key.to_owned(), span: Span::new(start, middle) },
        value: Argument { value: value.to_owned(), span: Span::new(middle + 1, setting.span.end as usize) },
    })
}

/// The only argument, unquoted.
fn only(line: &Line<'_>, usage: &str) -> Read<Argument> {
    string(single(line, usage)?)
}

/// The only argument, as it is written.
fn single<'l, 't>(line: &'l Line<'t>, usage: &str) -> Read<&'l Token<'t>> {
    match line.arguments.as_slice() {
        [argument] => Ok(argument),
        _ => fail(line.span, usage),
    }
}

fn string(token: &Token<'_>) -> Read<Argument> {
    match unquote(token.text) {
        Ok(value) => Ok(Argument { value: value.into_owned(), span: token.span }),
        Err(why) => fail(token.span, format!("invalid quoted string: {why}")),
    }
}

fn plain(token: &Token<'_>) -> Argument {
    Argument { value: token.text.to_owned(), span: token.span }
}

fn fail<T>(span: Span, message: impl Into<String>) -> Read<T> {
    Err(Problem { span, message: message.into() })
}

/// `1.21`, `1.21.0`, `1.21rc1`.
///
/// Source: `GoVersionRE` in `modfile/rule.go`.
fn is_go_version(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbers = stem.trim_end_matches(|c: char| c.is_ascii_lowercase());
    // Without letters, the digits cut off belong to the numbers; with letters, at least one digit must follow them.
    let numbers = if numbers.len() == stem.len() { text } else { numbers };
    let suffixed = numbers.len() == text.len() || stem.len() < text.len();
    let parts: Vec<&str> = numbers.split('.').collect();
    let leads = parts.first().is_some_and(|major| !major.starts_with('0'));
    suffixed && leads && matches!(parts.len(), 2 | 3) && parts.into_iter().all(number)
}

/// The text behind `Deprecated:` that opens a paragraph, up to the paragraph's end.
///
/// Source: `deprecatedRE` in `modfile/rule.go`.
fn deprecation(comment: &[&str]) -> Option<String> {
    let text = comment.join("\n");
    let paragraph = text.split("\n\n").find_map(|paragraph| paragraph.strip_prefix("Deprecated:"))?;
    Some(paragraph.trim_start_matches(' ').to_owned()).filter(|message| !message.is_empty())
}
