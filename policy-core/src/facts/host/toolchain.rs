//! Which Go does the work in the working directory.

use super::{Host, Running, installation};
use crate::facts::project::ModuleFile;
use crate::facts::toolchain::{Selection, Wishes, select_for};
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};
use crate::facts::version::VersionRange;

impl Host<'_> {
    /// go.work or go.mod, whichever decides; none if modules are off.
    pub(super) fn deciding(&self) -> Option<&ModuleFile> {
        let modules_off = self.says("GO111MODULE") == "off";
        if modules_off { None } else { self.modules.modules.deciding(self.says("GOWORK") == "off") }
    }

    /// The text of a variable, empty if it has none.
    fn says(&self, name: &str) -> String {
        self.resolver.variable(name).as_text().map(|text| text.to_string()).unwrap_or_default()
    }

    pub(super) fn select_toolchain(&mut self) {
        let Some(installed) = self.installed.map(VersionRange::exact) else { return };
        let (gotoolchain, go111module) = (self.says("GOTOOLCHAIN"), self.says("GO111MODULE"));
        let wishes = Wishes { gotoolchain: &gotoolchain, go111module: &go111module, workspace_off: self.says("GOWORK") == "off" };
        self.running = match select_for(installed, wishes, &self.modules.modules) {
            Some(Selection::Runs(range)) => Running { version: Some(range), needed: None, switches: range.single() != installed.single() },
            Some(Selection::TooOld(needed)) => {
                let line = self.deciding().and_then(ModuleFile::go);
                Running { version: None, needed: Some((needed, line.map(|(_, location)| location))), switches: false }
            }
            Some(Selection::Unknown) | None => Running { version: None, needed: None, switches: false },
        };
        if self.running.switches {
            self.resolver.go = self.running.version.unwrap_or(installed);
            self.resolver.goroot = self.toolchain_tree().map_or_else(
                || Value::unknown(Reason::new("where Go puts the toolchain it switches to")),
                |path| Value::text(path, Origin::named(OriginKind::Module, "the toolchain that Go switches to", None)),
            );
        }
    }

    /// Where the module cache has the toolchain that Go switches to (`cmd/go/internal/toolchain/select.go`).
    pub(super) fn toolchain_tree(&self) -> Option<String> {
        let version = self.running.version?.single()?;
        let (os, arch) = self.resolver.os.as_ref().zip(self.resolver.arch.as_ref())?;
        let cache = self.resolver.variable("GOMODCACHE").as_text()?.to_string();
        let tree = self.system.join(&[&cache, "golang.org", &format!("toolchain@v0.0.1-go{version}.{os}-{arch}")]);
        installation::is_goroot(self.machine, self.system, &tree).then_some(tree)
    }

    /// The release that does the work, as a field.
    pub(super) fn version(&self) -> Value {
        match (&self.running.version, &self.running.needed) {
            (Some(range), _) => Value::known(Datum::Version(*range), Origin::of(OriginKind::Computed)),
            (None, Some(_)) => Value::unset_by(OriginKind::Computed),
            (None, None) if self.found.first.is_none() => Value::unset_by(OriginKind::Computed),
            (None, None) => Value::unknown(Reason::new("which Go runs")),
        }
    }

    /// The go command's own release, the one that does the work, and the one that is needed and cannot be had, as far as they are known.
    pub(crate) fn releases(&self) -> [Option<String>; 3] {
        [
            self.installed.map(|version| version.to_string()),
            self.running.version.map(|range| range.to_string()),
            self.running.needed.as_ref().map(|(version, _)| version.to_string()),
        ]
    }
}
