use proptest::prelude::*;

use super::*;

/// Every node with the route that leads to it, and its key; parents first.
fn routes(root: &Node, through_aliases: bool) -> Vec<(String, Option<Span>, &Node)> {
    let mut found = vec![(String::new(), None, root)];
    let mut next = 0;
    while let Some((route, _, node)) = found.get(next).cloned() {
        next += 1;
        if node.alias.is_some() && !through_aliases {
            continue;
        }
        for (index, item) in node.items().iter().enumerate() {
            let mut route = route.clone();
            route::push_index(&mut route, index);
            found.push((route, None, item));
        }
        for entry in node.entries() {
            let mut route = route.clone();
            route::push_key(&mut route, entry.key.as_str().unwrap());
            found.push((route, Some(entry.key.site()), &entry.value));
        }
    }
    found
}

fn check_routes(document: &Document) {
    for (route, key, node) in routes(&document.root, true) {
        let found = resolve(document, &route).unwrap_or_else(|| panic!("{route:?} leads nowhere"));
        assert!(std::ptr::eq(found, node), "{route:?}");
        assert_eq!(resolve_entry(document, &route).map(|entry| entry.key.site()), key, "{route:?}");
    }
    for (route, key, node) in routes(&document.root, false) {
        if let Some(key) = key {
            assert_eq!(route_at(document, key.start), route);
        }
        if node.alias.is_some() || node.scalar().is_some() {
            assert_eq!(route_at(document, node.site().start), route);
        }
    }
}

#[test]
fn routes_name_the_deepest_place() {
    let document = document(
        "jobs:\n  test:\n    steps:\n      - uses: x\n      - env:\n          GOFLAGS: -mod=mod\n          odd.key: &o {a: 1}\n    '': *o\n",
    );
    check_routes(&document);
    let at = |needle: &str| route_at(&document, document.text.content().find(needle).unwrap() as u32);
    assert_eq!(at("-mod"), "jobs.test.steps[1].env.GOFLAGS");
    assert_eq!(at("GOFLAGS"), "jobs.test.steps[1].env.GOFLAGS");
    assert_eq!(at("1}"), r#"jobs.test.steps[1].env["odd.key"].a"#);
    assert_eq!(at("*o"), r#"jobs.test[""]"#);
    assert_eq!(resolve(&document, r#"jobs.test[""].a"#).unwrap().as_str(), Some("1"), "through the alias");
    assert_eq!(route_at(&document, 99_999), "");
    for lost in [
        "jobs.",
        ".jobs",
        "jobs..test",
        "jobs[0]",
        "jobs.test.steps[2]",
        "jobs.test.steps[x]",
        "jobs.test.steps[0",
        "[\"jobs",
        "[\"jobs\\",
        "nope",
    ] {
        assert!(resolve(&document, lost).is_none(), "{lost}");
    }
}

/// Values written in every style, from characters that matter to YAML.
fn value() -> impl Strategy<Value = String> {
    let word = "[a-zé0-9:#.' \\\\\"-]{0,12}";
    prop_oneof![
        "[a-z0-9]{1,8}".boxed(),
        word.prop_map(|text| format!("'{}'", text.replace('\'', "''"))).boxed(),
        word.prop_map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))).boxed(),
        proptest::collection::vec("[a-z #:]{0,6}", 1..4).prop_map(|lines| format!("|\n x{}", lines.join("\n  "))).boxed(),
        Just("*alias".to_owned()).boxed(),
        Just(String::new()).boxed(),
    ]
}

/// A mapping with odd keys; deeper levels are flow or block collections.
fn text() -> impl Strategy<Value = String> {
    let key = "[a-zA-Z0-9_. \\]\\[\"'-]{0,6}";
    let flow = proptest::collection::vec("[a-z0-9]{1,3}", 0..4).prop_map(|items| format!("[{}]", items.join(",")));
    let nested = proptest::collection::btree_map("[a-z]{1,3}", "[a-z0-9]{0,3}", 1..3)
        .prop_map(|map| map.iter().map(|(key, value)| format!("\n  {key}: {value}")).collect::<String>());
    let entries = proptest::collection::btree_map(key, prop_oneof![3 => value(), 1 => flow, 1 => nested], 0..6);
    entries.prop_map(|entries| {
        let rest = entries.iter().map(|(key, value)| format!("' {}': {value}\n", key.replace('\'', "''")));
        format!("first: &alias {{k: [v]}}\n{}", rest.collect::<String>())
    })
}

/// Fragments of YAML in any order: more often nearly right than random characters are.
fn soup() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        proptest::sample::select(vec![
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            "\r\n",
            "\r",
            " ",
            "\t",
            "|",
            ">",
            "|2-",
            "'",
            "''",
            "\"",
            "\\n",
            "\\",
            "\\ ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            ": ",
            "? ",
            "&x ",
            "*x",
            "!!str ",
            "!!int ",
            "! ",
            "# c",
            "---\n",
            "...",
            "%",
            "\u{FEFF}",
            "é",
            "\u{1F600}",
            "\\u00e9",
            "~",
            "12",
            "\0",
            "\u{85}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    proptest::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

fn check_anything(content: &str) {
    let text = Text::file("f", content);
    match parse(&text, Limits::default()) {
        Ok(document) => {
            check_tree(&document);
            check_routes(&document);
        }
        Err(error) => {
            assert!(content.get(error.span.range()).is_some(), "{error:?}");
            assert!(error.span.start < error.span.end || error.span.end as usize == content.len(), "{error:?}");
            assert!(!error.message.is_empty());
        }
    }
}

/// Spans fit and nest; what a scalar locates lies within it.
fn check_tree(document: &Document) {
    for node in nodes(&document.root) {
        assert!(document.text.content().get(node.site().range()).is_some(), "{:?}", node.site());
        let children = node.items().iter().chain(node.entries().iter().flat_map(|entry| [&entry.key, &entry.value]));
        if node.alias.is_none() {
            children.for_each(|child| assert!(node.span.contains(child.site()), "{:?} in {:?}", child.site(), node.span));
        }
        if let Some(scalar) = node.scalar() {
            assert!(!scalar.map.is_empty(), "no map for {scalar:?}");
            for at in 0..=scalar.content.len() {
                assert!(scalar.span.contains(scalar.locate(0..at)) && scalar.span.contains(scalar.locate(at..scalar.content.len())));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn any_characters_parse_or_are_refused(content in "\\PC{0,60}") {
        check_anything(&content);
    }

    #[test]
    fn any_yaml_like_text_parses_or_is_refused(content in soup()) {
        check_anything(&content);
    }

    #[test]
    fn well_formed_texts_are_located_exactly(content in text()) {
        let document = document(&content);
        check_spans(&document);
        check_routes(&document);
    }
}
