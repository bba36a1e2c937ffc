//! What a run judges by: policies, the repository's configuration, and its baseline.

use policy_core::Examined;
use policy_core::judge::{Baseline, Exemptions, Report};
use policy_core::policy::config::{Config, Date, FailOn};
use policy_core::policy::{LoadErrors, PolicySet, PolicySetBuilder};
use policy_core::world::World;

use crate::exit::Failure;

/// The policy that counts if none is named, by an argument or in the configuration.
const DEFAULT: &str = "recommended";

/// What a run judges by.
pub(crate) struct Setup {
    pub(crate) policies: PolicySet,
    config: Config,
    baseline: Option<Baseline>,
    today: Date,
}

impl Setup {
    /// Reads the configuration and the baseline of the repository that `world` is, and the policies: those named, or else what the
    /// configuration says.
    pub(crate) fn load(world: &dyn World, names: &[String], today: Date) -> Result<Self, Failure> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (policies, config) = built_in().load_configured(&names, DEFAULT, world).map_err(failure)?;
        let baseline = Baseline::load(world).map_err(failure)?;
        Ok(Self { policies, config, baseline, today })
    }

    /// Without the baseline: to record a new one.
    pub(crate) fn without_baseline(self) -> Self {
        Self { baseline: None, ..self }
    }

    /// The findings on the files at and below `paths`.
    pub(crate) fn judge(&self, world: &dyn World, paths: &[String]) -> Report {
        policy_core::lint_except(world, &self.policies, paths, &self.exemptions())
    }

    /// The findings on a machine.
    pub(crate) fn judge_machine(&self, machine: &Examined<'_>) -> Report {
        machine.judged(&self.policies, &self.exemptions())
    }

    fn exemptions(&self) -> Exemptions<'_> {
        let mut exemptions = Exemptions::default();
        exemptions.skip = Some(&self.config.skip);
        exemptions.exceptions = &self.config.exceptions;
        exemptions.baseline = self.baseline.as_ref();
        exemptions.today = Some(self.today);
        exemptions.is_rule = Some(&|id| built_in().is_built_in_rule(id));
        exemptions
    }

    /// The least severity that fails the run: what was asked for, or else what the configuration says.
    pub(crate) fn fail_on(&self, asked: Option<FailOn>) -> FailOn {
        asked.or(self.config.fail_on).unwrap_or_default()
    }
}

/// All that are built in, to be chosen from.
pub(crate) fn built_in() -> PolicySetBuilder<'static> {
    let add = |builder: PolicySetBuilder<'static>, policy: &policies::BuiltIn| builder.prepared(policy.name, policy.text, policy.prepared);
    policies::BUILT_IN.iter().fold(PolicySetBuilder::default(), add)
}

/// Policies that cannot be used.
pub(crate) fn failure(errors: LoadErrors) -> Failure {
    Failure::Policy(errors.to_string())
}
