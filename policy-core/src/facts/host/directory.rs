//! The subjects `go-path`: the directories that Go uses on this machine.

use std::sync::Arc;

use super::filesystem;
use super::paths::{is_within, upward};
use super::{Host, ignored, os_word, text, texts};
use crate::facts::go::paths::System;
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Choice, Datum, Origin, OriginKind, Reason, Value};
use crate::text::Location;
use crate::world::machine::{Access, PathKind, PathStatus};

/// A build cache has 256 directories and two files; more entries than this are not looked at.
const MOST_ENTRIES: usize = 512;

/// A directory that a variable names.
#[derive(Clone)]
struct Directory {
    variable: &'static str,
    /// The whole value of the variable.
    value: Arc<str>,
    path: String,
    origin: Arc<Origin>,
}

/// One of them, with all the others.
struct DirectorySubject<'h, 'm> {
    host: &'h Host<'m>,
    all: &'h [Directory],
    own: &'h Directory,
    location: Location,
    status: Option<PathStatus>,
}

/// Hands every directory to `out`.
pub(super) fn visit(host: &Host<'_>, out: &mut dyn FnMut(&dyn Subject)) {
    let all = directories(host);
    for own in &all {
        let location = own.origin.location.clone().unwrap_or_else(|| host.whole());
        out(&DirectorySubject { host, all: &all, own, location, status: host.machine.status(&own.path).ok() });
    }
}

/// What is relative is no place of its own, and the variable's `setting` tells of it; GOTMPDIR is the exception that Go makes.
fn directories(host: &Host<'_>) -> Vec<Directory> {
    let mut all = Vec::new();
    for variable in ["GOCACHE", "GOMODCACHE", "GOPATH", "GOROOT"] {
        push(host, variable, &host.variable(variable), &mut all);
    }
    push(host, "GOBIN", &host.install_directory(), &mut all);
    let temporary = host.variable("GOTMPDIR");
    if temporary.as_text().is_some_and(|path| !path.is_empty()) {
        push(host, "GOTMPDIR", &temporary, &mut all);
    } else if host.system != System::Windows {
        push(host, "TMPDIR", &Value::text(host.temporary_directory(), temporary_origin(host)), &mut all);
    }
    all
}

fn temporary_origin(host: &Host<'_>) -> Arc<Origin> {
    match host.environment().get("TMPDIR").single() {
        Some(Choice { datum: Datum::Text(path), origin }) if !path.is_empty() => Arc::clone(origin),
        _ => host.variable("GOTMPDIR").single().map_or_else(|| Origin::of(OriginKind::Default), |choice| Arc::clone(&choice.origin)),
    }
}

fn push(host: &Host<'_>, variable: &'static str, value: &Value, all: &mut Vec<Directory>) {
    let Some(Choice { datum: Datum::Text(whole), origin }) = value.single() else { return };
    let entries: Vec<&str> = if variable == "GOPATH" { whole.split(host.system.list_separator()).collect() } else { vec![whole] };
    for entry in entries {
        let is_place = host.system.is_absolute(entry) || variable == "GOTMPDIR" && !entry.starts_with('~');
        if is_place && !entry.is_empty() {
            all.push(Directory { variable, value: Arc::clone(whole), path: host.absolute(entry), origin: Arc::clone(origin) });
        }
    }
}

impl DirectorySubject<'_, '_> {
    fn value(&self, name: &str) -> Value {
        let host = self.host;
        let path = self.own.path.as_str();
        match name {
            "contains" => self.others(|other| other != path && is_within(host.system, other, path)),
            "contents-owner" => self.contents_owner(),
            "contents-writable" => self.contents_writable(),
            "creatable" => self.creatable(),
            "exists" => self.own_flag(self.status.is_some()),
            "filesystem" => self.filesystem().map_or_else(|| unknown("the mounted file systems"), |kind| self.own_text(&kind)),
            "free-space" => self.free_space(),
            "go.version" => host.version(),
            "holds-module" => self.own_flag(self.module_root().is_some_and(|root| is_within(host.system, &root, path))),
            "ignored" => self.ignored(),
            "inside-goroot" => {
                self.own_flag(host.text_of("GOROOT").is_some_and(|root| is_within(host.system, path, &host.system.clean(&root))))
            }
            "inside-repository" => self.own_flag(host.repository.as_deref().is_some_and(|root| is_within(host.system, path, root))),
            "is-module-root" => self.own_flag(self.module_root().as_deref() == Some(path)),
            "kind" => text(self.status.map(|status| kind_word(status.kind))),
            "network" => {
                self.filesystem().map_or_else(|| unknown("the mounted file systems"), |kind| self.own_flag(filesystem::is_network(&kind)))
            }
            "on-path" => self.own_flag(host.is_on_path(path)),
            "os" => text(os_word(host.machine.platform().os)),
            "path" => self.own_text(path),
            "set-by" => text(Some(self.set_by())),
            "shared-with" => self.others(|other| other == path),
            "value" => self.own_text(&self.own.value),
            "variable" => self.own_text(self.own.variable),
            name => self.status_field(name),
        }
    }

    /// What is only there if the directory is.
    fn status_field(&self, name: &str) -> Value {
        let Some(status) = self.status else { return Value::nowhere() };
        let mode_bit = |bit: u32| status.mode.map_or_else(Value::nowhere, |mode| self.own_flag(mode & bit != 0));
        match name {
            "group-writable" => mode_bit(0o020),
            "mode" => text(status.mode.map(|mode| format!("{mode:04o}")).as_deref()),
            "owner" => text(status.owner.map(|owner| self.owner_word(owner))),
            "owner-id" => status.owner.map_or_else(Value::nowhere, |owner| number(owner.into())),
            "readable" => self.known_flag(self.host.machine.may(Access::Read, &self.own.path)),
            "setgid" => mode_bit(0o2000),
            "world-writable" => mode_bit(0o002),
            "writable" => self.writable(),
            _ => Value::nowhere(),
        }
    }

    /// Tried by making a file, where Go makes files itself.
    fn writable(&self) -> Value {
        let machine = self.host.machine;
        let is_directory = self.status.is_some_and(|status| status.kind == PathKind::Directory);
        let is_tried = is_directory && !matches!(self.own.variable, "GOROOT" | "GOPATH");
        let may = || machine.may(Access::Write, &self.own.path);
        self.known_flag(if is_tried { machine.can_make_files(&self.own.path).or_else(may) } else { may() })
    }

    /// Whether the nearest directory above that exists could take it.
    fn creatable(&self) -> Value {
        if self.status.is_some() {
            return Value::nowhere();
        }
        let Some(above) = self.existing() else { return self.own_flag(false) };
        let machine = self.host.machine;
        let is_directory = machine.status(above).is_ok_and(|status| status.kind == PathKind::Directory);
        let may = machine.may(Access::Write, above).map(|may| may && is_directory);
        self.known_flag(if is_directory { may } else { Some(false) })
    }

    /// The directory, or the nearest one above it that exists.
    fn existing(&self) -> Option<&str> {
        upward(self.host.system, &self.own.path).find(|path| self.host.machine.status(path).is_ok())
    }

    fn filesystem(&self) -> Option<String> {
        let host = self.host;
        let real = host.machine.real_path(self.existing()?)?;
        filesystem::kind_of(host.system, &host.machine.mounts(), &real).map(str::to_owned)
    }

    fn free_space(&self) -> Value {
        let free = self.existing().and_then(|path| self.host.machine.free_space(path));
        free.map_or_else(|| unknown("the free space"), |bytes| number(i64::try_from(bytes).unwrap_or(i64::MAX)))
    }

    /// The entries of the directory, as far as they are looked at.
    fn entries(&self) -> Option<Vec<String>> {
        let names = self.host.machine.list(&self.own.path).ok()?;
        Some(names.into_iter().take(MOST_ENTRIES).map(|name| self.host.system.join(&[&self.own.path, &name])).collect())
    }

    fn contents_writable(&self) -> Value {
        let machine = self.host.machine;
        let Some(entries) = self.entries() else { return Value::nowhere() };
        let mut directories = entries.iter().filter(|path| machine.status(path).is_ok_and(|status| status.kind == PathKind::Directory));
        self.own_flag(directories.all(|path| machine.may(Access::Write, path) != Some(false)))
    }

    fn contents_owner(&self) -> Value {
        let Some(entries) = self.entries() else { return Value::nowhere() };
        let owners = entries.iter().filter_map(|path| self.host.machine.status(path).ok()?.owner);
        let rank = |word: &&str| ["self", "root", "other"].iter().position(|known| known == word);
        text(owners.map(|owner| self.owner_word(owner)).max_by_key(rank))
    }

    fn owner_word(&self, owner: u32) -> &'static str {
        match owner {
            owner if Some(owner) == self.host.machine.user() => "self",
            0 => "root",
            _ => "other",
        }
    }

    /// The variables of other directories that have something to do with this one.
    fn others(&self, is_meant: impl Fn(&str) -> bool) -> Value {
        let meant = self.all.iter().filter(|other| other.variable != self.own.variable && is_meant(&other.path));
        texts(meant.map(|other| other.variable))
    }

    fn module_root(&self) -> Option<String> {
        let go_mod = self.host.modules.go_mod.as_deref()?;
        super::paths::parent(self.host.system, go_mod).map(|directory| self.host.system.clean(directory))
    }

    fn ignored(&self) -> Value {
        let Some(root) = self.host.repository.as_deref() else { return Value::nowhere() };
        match super::paths::relative(self.host.system, &self.own.path, root) {
            Some(inside) if !inside.is_empty() => self.own_flag(ignored::is_ignored(self.host, root, inside)),
            _ => Value::nowhere(),
        }
    }

    fn set_by(&self) -> &'static str {
        match self.own.origin.kind {
            // A default that follows from another variable is still a default.
            OriginKind::Process if self.own.origin.detail.is_none() => "process",
            OriginKind::GoEnvFile => "go-env-file",
            OriginKind::GoRootFile => "goroot-file",
            _ => "default",
        }
    }

    fn own_flag(&self, yes: bool) -> Value {
        Value::known(Datum::Flag(yes), Arc::clone(&self.own.origin))
    }

    fn known_flag(&self, yes: Option<bool>) -> Value {
        yes.map_or_else(|| unknown("what the user may do there"), |yes| self.own_flag(yes))
    }

    fn own_text(&self, text: &str) -> Value {
        Value::text(text, Arc::clone(&self.own.origin))
    }
}

impl Subject for DirectorySubject<'_, '_> {
    fn kind(&self) -> Kind {
        Kind::GoPath
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        self.value(name.declared)
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}

fn kind_word(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Directory => "directory",
        PathKind::File => "file",
        PathKind::Other => "other",
    }
}

fn number(number: i64) -> Value {
    Value::known(Datum::Number(number), Origin::of(OriginKind::Computed))
}

fn unknown(what: &str) -> Value {
    Value::unknown(Reason::new(what))
}
