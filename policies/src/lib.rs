//! The policies built into gopolicy, as texts. One YAML file per theme; the language is described in `policy-core`.

/// A built-in policy: its name, as `extends:` and `--policy` use it, and its YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The file's stem, e.g. `supply-chain`.
    pub name: &'static str,
    /// The whole YAML text.
    pub text: &'static str,
}

/// Every built-in policy, in alphabetical order.
pub static BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "commands", text: include_str!("../commands.yaml") },
    BuiltIn { name: "environment", text: include_str!("../environment.yaml") },
    BuiltIn { name: "recommended", text: include_str!("../recommended.yaml") },
    BuiltIn { name: "strict", text: include_str!("../strict.yaml") },
    BuiltIn { name: "supply-chain", text: include_str!("../supply-chain.yaml") },
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
