//! The subject `environment` of this machine.

use std::sync::Arc;

use super::{Host, flag, installation, os_word, text, version};
use crate::facts::go::{derived, quoted, variables};
use crate::facts::project::{ModuleFile, release_of};
use crate::facts::schema::Kind;
use crate::facts::subject::{FieldName, Place, Subject};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::{GoVersion, VersionRange};
use crate::text::{Location, Span};

/// The environment that a go command run here sees.
pub(super) struct HostEnvironment<'h, 'm> {
    host: &'h Host<'m>,
    location: Location,
}

impl<'h, 'm> HostEnvironment<'h, 'm> {
    pub(super) fn of(host: &'h Host<'m>) -> Self {
        Self { host, location: host.whole() }
    }

    fn place_field(&self, name: &FieldName) -> Value {
        let host = self.host;
        let resolver = &host.resolver;
        match name.declared {
            "arch" => text(resolver.arch.as_deref()),
            "compiler-set" => derived::compiler_set(resolver),
            "cross-compiles" => match (&resolver.os, &resolver.arch) {
                (Some(os), Some(arch)) => derived::cross_compiles(resolver, os, arch),
                _ => Value::unknown(Reason::new("the platform of the go command")),
            },
            "effective-flags" => derived::effective_flags(resolver, &[]),
            "env.*" => name.tail.as_deref().map_or_else(Value::nowhere, |tail| host.environment().get(tail).clone()),
            "install-directory" => host.install_directory(),
            "install-directory-on-path" => self.install_directory_on_path(),
            "os" => text(os_word(host.machine.platform().os)),
            "path" => self.path(),
            "place" => text(Some("machine")),
            "repository" => text(host.repository.as_deref()),
            "tags" => derived::tags(&derived::effective_flags(resolver, &[])),
            "user-file" => host.files.user.as_ref().map_or_else(Value::nowhere, |(path, file)| {
                Value::text(path.as_str(), Origin::at(OriginKind::GoEnvFile, Location::new(file, Span::default())))
            }),
            "working-directory" => text(Some(&host.machine.working_directory())),
            "cgo.compiler-found" => self.compiler_found(),
            go if go.starts_with("go.") => self.go_field(go),
            tree if tree.starts_with("goroot.") => self.tree_field(tree),
            module if module.starts_with("module.") => self.module_field(module),
            variable if variables::lookup(variable).is_some() => host.variable(variable),
            _ => Value::nowhere(),
        }
    }

    fn go_field(&self, name: &str) -> Value {
        let host = self.host;
        let path = || self.path_origin();
        match name {
            "go.answer" => Value::text(host.answer.word(), path()),
            "go.command" => host.command().map_or_else(|| Value::unset(path()), |command| Value::text(command, path())),
            "go.commands" => Value::list(host.found.files.iter().map(|file| Value::text(file.as_str(), path())).collect(), path()),
            "go.installed" => version(host.installed),
            "go.hidden-commands" => {
                Value::list(host.found.files.iter().skip(1).map(|file| Value::text(file.as_str(), path())).collect(), path())
            }
            "go.needed" => self.needed(),
            "go.problem" => host.answer.problem().map_or_else(|| Value::unset(path()), |problem| Value::text(problem, path())),
            "go.switches" => flag(host.running.switches),
            "go.toolchain-present" => host.toolchain_is_present().map_or_else(Value::nowhere, flag),
            "go.version" => host.version(),
            _ => Value::nowhere(),
        }
    }

    /// PATH decides which go command runs.
    fn path_origin(&self) -> Arc<Origin> {
        let path = self.host.environment().get("PATH").single();
        path.map_or_else(|| Origin::of(OriginKind::Process), |choice| Arc::clone(&choice.origin))
    }

    fn needed(&self) -> Value {
        let Some((needed, location)) = &self.host.running.needed else { return Value::nowhere() };
        let origin = Origin { location: location.clone(), ..(*Origin::of(OriginKind::Module)).clone() };
        Value::known(Datum::Version(VersionRange::exact(release_of(*needed))), Arc::new(origin))
    }

    fn tree_field(&self, name: &str) -> Value {
        let host = self.host;
        let installed = host.found.first.as_ref().and_then(|first| first.goroot.as_deref());
        if name == "goroot.installed" {
            return text(installed);
        }
        host.variable("GOROOT").and_then(|choice| {
            let Some(goroot) = choice.datum.as_text().filter(|path| !path.is_empty()) else { return Value::nowhere() };
            match name {
                "goroot.binary-version" => self.built_as(&[goroot, "bin", &installation::file_name(host.system, "go")]),
                "goroot.compiler-version" => {
                    let tools = host.text_of("GOTOOLDIR").unwrap_or_default();
                    self.built_as(&[&tools, &installation::file_name(host.system, "compile")])
                }
                "goroot.leftovers" => super::leftovers::of(host, goroot),
                "goroot.tools" if host.machine.status(goroot).is_err() => Value::nowhere(),
                "goroot.tools" => flag(installation::is_goroot(host.machine, host.system, goroot)),
                "goroot.version" => version(installation::version_file(host.machine, host.system, goroot)),
                _ => Value::nowhere(),
            }
        })
    }

    fn built_as(&self, path: &[&str]) -> Value {
        let info = installation::build_info(self.host.machine, &self.host.system.join(path));
        version(info.and_then(|info| GoVersion::parse(&info.release)))
    }

    fn module_field(&self, name: &str) -> Value {
        let host = self.host;
        let modules = &host.modules.modules;
        let go_mod = modules.go_mod.as_deref();
        let line = |found: Option<(GoVersion, Location)>| {
            found.map(|(version, place)| Value::known(Datum::Version(VersionRange::exact(version)), Origin::at(OriginKind::Module, place)))
        };
        let whole = |file: &ModuleFile| Origin::at(OriginKind::Module, Location::new(&file.text, Span::default()));
        let value = match name {
            "module.file" => go_mod.map(|file| Value::text(file.in_project(), whole(file))),
            "module.go" => line(host.deciding().and_then(ModuleFile::go)),
            "module.ignored" => host.modules.ignored.as_deref().map(|path| Value::text(path, Origin::of(OriginKind::Module))),
            "module.path" => go_mod.and_then(ModuleFile::module),
            "module.toolchain" => line(host.deciding().and_then(ModuleFile::toolchain)),
            "module.workspace" => host
                .deciding()
                .filter(|file| modules.go_work.as_ref().is_some_and(|work| work.in_project() == file.in_project()))
                .map(|file| Value::known(Datum::Flag(true), whole(file))),
            "module.workspace-file" => modules.go_work.as_ref().map(|file| Value::text(file.in_project(), whole(file))),
            _ => None,
        };
        value.unwrap_or_else(|| Value::unset_by(OriginKind::Module))
    }

    fn path(&self) -> Value {
        let host = self.host;
        host.environment().get("PATH").and_then(|choice| match choice.datum.as_text() {
            Some(path) => {
                let items = path.split(host.system.list_separator()).map(|item| Value::text(item, Arc::clone(&choice.origin)));
                Value::list(items.collect(), Arc::clone(&choice.origin))
            }
            None => Value::unset(Arc::clone(&choice.origin)),
        })
    }

    fn install_directory_on_path(&self) -> Value {
        let host = self.host;
        host.install_directory().and_then(|choice| match choice.datum.as_text() {
            Some(directory) => Value::known(Datum::Flag(host.is_on_path(directory)), Arc::clone(&choice.origin)),
            None => Value::unset(Arc::clone(&choice.origin)),
        })
    }

    /// CC may hold flags behind the program, and a path instead of a name.
    fn compiler_found(&self) -> Value {
        let host = self.host;
        host.variable("CC").and_then(|choice| {
            let words = quoted::split(choice.datum.as_text().unwrap_or_default()).unwrap_or_default();
            let Some(program) = words.first() else { return Value::nowhere() };
            let found = if host.system.is_absolute(program) {
                installation::is_program(host.machine, program)
            } else {
                host.look_up(program).is_some()
            };
            Value::known(Datum::Flag(found), Arc::clone(&choice.origin))
        })
    }
}

impl Host<'_> {
    /// Whether the toolchain that Go switches to is here: in the module cache, or as a program such as `go1.25.3` on PATH.
    pub(crate) fn toolchain_is_present(&self) -> Option<bool> {
        let version = self.running.version.and_then(VersionRange::single).filter(|_| self.running.switches)?;
        Some(self.toolchain_tree().is_some() || self.look_up(&format!("go{version}")).is_some())
    }

    /// GOBIN, else `bin` in the first directory of GOPATH.
    pub(super) fn install_directory(&self) -> Value {
        self.variable("GOBIN").and_then(|choice| match choice.datum.as_text() {
            Some(directory) if !directory.is_empty() => Value::text(directory, Arc::clone(&choice.origin)),
            _ => self.variable("GOPATH").and_then(|list| match list.datum.as_text().map(|list| self.system.first_of_list(list)) {
                Some(first) if !first.is_empty() => Value::text(self.system.join(&[first, "bin"]), Arc::clone(&list.origin)),
                _ => Value::unset(Arc::clone(&list.origin)),
            }),
        })
    }

    /// Whether PATH leads to a directory, by this name or another.
    pub(super) fn is_on_path(&self, directory: &str) -> bool {
        let path = self.raw("PATH").unwrap_or_default();
        let real = |path: &str| self.machine.real_path(path).unwrap_or_else(|| self.system.clean(path));
        let wanted = real(directory);
        installation::directories(self.system, &path).into_iter().any(|listed| real(listed) == wanted)
    }
}

impl Subject for HostEnvironment<'_, '_> {
    fn kind(&self) -> Kind {
        Kind::Environment
    }

    fn location(&self) -> &Location {
        &self.location
    }

    fn field(&self, name: &FieldName) -> Value {
        self.place_field(name)
    }

    fn place(&self) -> Option<&Arc<Place>> {
        None
    }
}
