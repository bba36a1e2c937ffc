//! The policies built into gopolicy, as texts. One YAML file per theme; the language is described in `policy-core`.

/// A built-in policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The file's stem, as `extends:` and `--policy` use it: `supply-chain`.
    pub name: &'static str,
    /// The whole YAML text.
    pub text: &'static str,
    /// What `policy_core::policy::prepare` makes of the text, so that a start need not parse it. A test of the root package compares
    /// the two, and writes this anew if `GOPOLICY_UPDATE` is set.
    pub prepared: &'static str,
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            text: include_str!(concat!("../", $name, ".yaml")),
            prepared: include_str!(concat!("../prepared/", $name, ".tree")),
        }),*]
    };
}

/// Every built-in policy, in alphabetical order.
pub static BUILT_IN: &[BuiltIn] = built_in![
    "cache",
    "cache-isolation",
    "changes",
    "commands",
    "constraints",
    "environment",
    "host",
    "modules",
    "recommended",
    "strict",
    "supply-chain",
    "toolchain",
    "workflows"
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_file_of_the_folder() {
        let folder = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
        let mut files: Vec<String> =
            folder.filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".yaml").map(str::to_owned)).collect();
        files.sort();
        assert_eq!(files, BUILT_IN.iter().map(|policy| policy.name).collect::<Vec<_>>());
    }
}
