//! A page about one rule, for `gopolicy explain`.

use std::fmt::Write;

use policy_core::policy::RuleDoc;

use super::escape::visible;

/// The page. Fields, conditions and examples are those of the policy file, so it never says anything else than what is judged.
pub(crate) fn rule_page(doc: &RuleDoc) -> String {
    let mut page = String::new();
    let off = if doc.enabled { "" } else { ", turned off" };
    let _ = writeln!(page, "{} ({}{off}, policy {})\n", doc.id, doc.severity, doc.policy);
    let _ = writeln!(page, "{}", doc.message);
    if let Some(help) = &doc.help {
        let _ = writeln!(page, "help: {help}");
    }
    let _ = writeln!(page, "\nJudged on: {} ({})", doc.on, doc.on_doc);
    condition(&mut page, "when", doc.when.as_deref());
    condition(&mut page, "require", doc.require.as_deref());
    condition(&mut page, "forbid", doc.forbid.as_deref());
    section(&mut page, "Fields", doc.fields.iter().map(|field| format!("{} ({}): {}", field.name, field.shape, field.doc)));
    section(&mut page, "Parameters", doc.parameters.iter().map(|(name, value)| format!("{name} = {value}")));
    section(&mut page, "Go releases", doc.releases.iter().cloned());
    section(
        &mut page,
        "Fix",
        doc.fix.iter().map(|fix| format!("{} ({})", fix.description, if fix.safe { "safe" } else { "may change the build" })),
    );
    section(&mut page, "See", doc.references.iter().cloned());
    section(
        &mut page,
        "Decided by",
        doc.decisions.iter().map(|decision| format!("{}: {} at {}", decision.policy, decision.what, decision.place)),
    );
    for example in &doc.examples {
        let _ = writeln!(page, "\nExample: {}", example.name);
        for (path, content) in &example.files {
            let _ = writeln!(page, "  {path}\n{}", indented(content));
        }
        if let Some(machine) = &example.machine {
            let _ = writeln!(page, "  on a machine\n{}", indented(&machine.text));
        }
        if example.finds.is_empty() {
            page.push_str("  finds nothing\n");
        }
        for expected in &example.finds {
            let _ = writeln!(page, "  finds it at {}", expected.at);
        }
    }
    page.lines().map(|line| visible(line) + "\n").collect()
}

fn condition(page: &mut String, word: &str, text: Option<&str>) {
    let Some(text) = text else { return };
    let _ = writeln!(page, "{word}:\n{}", indented(text));
}

fn section(page: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        let _ = writeln!(page, "\n{title}:");
        for item in items {
            let _ = writeln!(page, "  {item}");
        }
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
