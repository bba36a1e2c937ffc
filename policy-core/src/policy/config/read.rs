//! Reading `.gopolicy.yaml`, as strictly as a policy.

use std::sync::Arc;

use super::{Config, Date, Exception, FailOn, PathPatterns};
use crate::policy::error::Problems;
use crate::policy::pattern::Pattern;
use crate::policy::raw::{RawPolicy, read_layer, read_version};
use crate::policy::spot::{Spot, Table};
use crate::syntax::yaml::Node;
use crate::text::Text;

pub(crate) const KEYS: &[&str] = &["version", "extends", "rules", "fail-on", "skip", "exceptions"];
pub(crate) const EXCEPTION_KEYS: &[&str] = &["rule", "path", "job", "leg", "reason", "owner", "expires"];

/// The name of the policy that the configuration's own rules make up.
const POLICY: &str = "repository";

/// A configuration file.
pub(crate) struct RawConfig {
    pub(crate) config: Config,
    /// What it says about rules.
    pub(crate) policy: RawPolicy,
    pub(crate) extends_is_missing: bool,
}

/// Reads the tree of a configuration file.
pub(crate) fn read(text: &Arc<Text>, root: &Node, problems: &mut Problems) -> Option<RawConfig> {
    let spot = Spot { text, node: root };
    let table = spot.table("a configuration: `version`, `extends`, `exceptions`", KEYS, problems)?;
    read_version(spot, table, problems);
    let config = Config {
        fail_on: table.get("fail-on").and_then(|word| read_fail_on(word, problems)),
        skip: table.get("skip").map(|list| read_patterns(list, problems)).unwrap_or_default(),
        exceptions: table.get("exceptions").map(|list| read_exceptions(list, problems)).unwrap_or_default(),
    };
    let policy = read_layer(table, POLICY.into(), None, problems);
    Some(RawConfig { config, policy, extends_is_missing: table.get("extends").is_none() })
}

fn read_fail_on(spot: Spot<'_>, problems: &mut Problems) -> Option<FailOn> {
    let word = spot.text(problems)?;
    let known = FailOn::ALL.iter().find(|(name, _)| *name == word);
    if known.is_none() {
        spot.unknown("severity", word, FailOn::ALL.iter().map(|(name, _)| *name), problems);
    }
    known.map(|(_, fail_on)| *fail_on)
}

fn read_patterns(list: Spot<'_>, problems: &mut Problems) -> PathPatterns {
    let patterns = list.items(problems).into_iter().filter_map(|item| read_pattern(item, problems));
    PathPatterns(patterns.collect())
}

fn read_pattern(spot: Spot<'_>, problems: &mut Problems) -> Option<Pattern> {
    // A directory is often written with a slash at its end.
    let glob = spot.words(problems)?.trim_start_matches("./").trim_end_matches('/');
    let pattern = Pattern::glob(glob);
    let checked = pattern.check().map_err(|error| problems.add(spot.location(), format!("bad glob: {error}")));
    checked.ok().map(|()| pattern)
}

fn read_exceptions(list: Spot<'_>, problems: &mut Problems) -> Vec<Exception> {
    let items = list.items(problems).into_iter().enumerate();
    items.filter_map(|(index, item)| read_exception(item, index, problems)).collect()
}

fn read_exception(spot: Spot<'_>, index: usize, problems: &mut Problems) -> Option<Exception> {
    let table = spot.table("an exception: `rule`, `reason`", EXCEPTION_KEYS, problems)?;
    let rule = table.required(spot, "rule", problems)?.words(problems)?;
    let mut words = |key: &str| table.get(key).and_then(|value| value.words(problems)).map(str::to_owned);
    let (job, owner) = (words("job"), words("owner"));
    Some(Exception {
        rule: rule.into(),
        path: table.get("path").and_then(|path| read_pattern(path, problems)).map(|path| PathPatterns(vec![path])).unwrap_or_default(),
        job,
        leg: table.get("leg").map(|leg| read_leg(leg, problems)).unwrap_or_default(),
        // That there is none is a finding, like a comment without a reason.
        reason: table
            .get("reason")
            .and_then(Spot::scalar)
            .map(|reason| reason.content.trim().to_owned())
            .filter(|reason| !reason.is_empty()),
        owner,
        expires: read_expiry(table, problems),
        location: spot.location(),
        index,
    })
}

fn read_leg(spot: Spot<'_>, problems: &mut Problems) -> Vec<(String, String)> {
    let pairs = spot.named("names and values of a matrix leg", problems);
    pairs.into_iter().filter_map(|(_, name, value)| Some((name.to_owned(), value.text(problems)?.to_owned()))).collect()
}

fn read_expiry(table: Table<'_>, problems: &mut Problems) -> Option<Date> {
    let spot = table.get("expires")?;
    let date = Date::parse(spot.text(problems)?);
    if date.is_none() {
        spot.expected::<()>("a day such as `2027-01-31`", problems);
    }
    date
}
