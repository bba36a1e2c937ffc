use super::*;

/// The tree in one line: contents with their types, aliases with `*`.
fn outline(node: &Node) -> String {
    let star = if node.alias.is_some() { "*" } else { "" };
    let inner = match &node.kind {
        NodeKind::Scalar(scalar) => match scalar.typed() {
            Typed::Null => "null".to_owned(),
            Typed::Bool(value) => value.to_string(),
            Typed::Number(value) => value.to_string(),
            Typed::String => format!("{:?}", scalar.content),
        },
        NodeKind::Sequence(items) => format!("[{}]", items.iter().map(outline).collect::<Vec<_>>().join(", ")),
        NodeKind::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", outline(&entry.key), outline(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{star}{inner}")
}

#[test]
fn texts_become_trees() {
    let cases = [
        ("", "null"),
        ("# only a comment\n", "null"),
        ("\u{FEFF}", "null"),
        ("---\n", "null"),
        ("--- 1\n...\n", "1"),
        ("%YAML 1.2\n---\na: 1\n", r#"{"a": 1}"#),
        ("\u{FEFF}a: b\r\nc: [d,\r\n e]\r\n", r#"{"a": "b", "c": ["d", "e"]}"#),
        ("on: push\nyes: no", r#"{"on": "push", "yes": "no"}"#),
        ("a: 1.20\nb: '1.20'\nc: !!str 1.20\nd: true\ne: \"true\"", r#"{"a": 1.2, "b": "1.20", "c": "1.20", "d": true, "e": "true"}"#),
        ("a:\nb: ~\nc: !!str\nd: ''", r#"{"a": null, "b": null, "c": "", "d": ""}"#),
        ("a: !!int 0x10\nb: !!float 3\nc: !!null ~\nd: !!bool True", r#"{"a": 16, "b": 3, "c": null, "d": true}"#),
        ("a: !!map {b: c}\nd: !custom [e]", r#"{"a": {"b": "c"}, "d": ["e"]}"#),
        ("a: &x [1, &y 2]\nb: *x\nc: {d: *y}", r#"{"a": [1, 2], "b": *[1, 2], "c": {"d": *2}}"#),
        ("a: &x 1\nb: &x 2\nc: *x", r#"{"a": 1, "b": 2, "c": *2}"#),
        ("&k a: 1\nb: {*k : 2}", r#"{"a": 1, "b": {*"a": 2}}"#),
        ("a: &e\nb: *e", r#"{"a": null, "b": *null}"#),
        ("[a: 1, {b, c: }]", r#"[{"a": 1}, {"b": null, "c": null}]"#),
        ("- - a\n  - b\n-\n- c: d\n  e: f", r#"[["a", "b"], null, {"c": "d", "e": "f"}]"#),
        ("a: |\n  x\n\nb: |-\n  x\nc: |+\n  x\n\n", r#"{"a": "x\n", "b": "x", "c": "x\n\n"}"#),
        ("a: |\n  x", r#"{"a": "x"}"#),
        ("a: >\n  x\n  y\n ", r#"{"a": "x y\n"}"#),
        ("'<<': 1", r#"{"<<": 1}"#),
    ];
    for (content, expected) in cases {
        assert_eq!(outline(&document(content).root), expected, "{content:?}");
    }
}

#[test]
fn accessors_answer_for_their_own_kind_only() {
    let document = document("a: {b: [x, 1.20, ~]}\nc: 'null'");
    let root = &document.root;
    let items = root.get("a").and_then(|a| a.get("b")).unwrap().items();
    assert_eq!(items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>(), ["x", "1.20", "~"]);
    assert_eq!(items[1].typed(), Some(Typed::Number(1.2)));
    assert!(items[2].is_null() && !root.is_null() && !root.get("c").unwrap().is_null());
    assert!(root.get("missing").is_none() && items[0].get("x").is_none() && items[0].items().is_empty() && root.items().is_empty());
    assert_eq!((root.as_str(), root.typed()), (None, None));
    assert_eq!(root.entries().len(), 2);
}

#[test]
fn aliases_share_what_their_anchor_names() {
    let document = document("a: &x {k: v}\nb: *x");
    let (a, b) = (document.root.get("a").unwrap(), document.root.get("b").unwrap());
    let (NodeKind::Mapping(of_a), NodeKind::Mapping(of_b)) = (&a.kind, &b.kind) else { panic!("two mappings") };
    assert!(Arc::ptr_eq(of_a, of_b));
    assert_eq!((a.span, document.text.slice(b.alias.unwrap())), (b.span, "*x"));
}

#[test]
fn nodes_are_counted_as_the_runner_counts_events() {
    // Stream and document 4, mapping 2, keys 2, scalar 1, and the aliased sequence 2 + 2 twice.
    let text = Text::file("f", "a: &x [1, 2]\nb: *x");
    let limits = |nodes| Limits { nodes, ..Limits::default() };
    assert!(parse(&text, limits(16)).is_ok());
    let error = parse(&text, limits(15)).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), text.slice(error.span)),
        ("the text has more than 15 YAML nodes, counting what aliases repeat", "*x")
    );
}

#[test]
fn depth_counts_what_aliases_repeat() {
    let text = Text::file("f", "a: &x [[1]]\nb: [*x]");
    let limits = |depth| Limits { depth, ..Limits::default() };
    assert!(parse(&text, limits(4)).is_ok());
    let error = parse(&text, limits(3)).unwrap_err();
    assert_eq!((error.to_string().as_str(), text.slice(error.span)), ("sequences and mappings are nested more than 3 levels deep", "*x"));
}

#[test]
fn comments_are_found_in_order() {
    let document = document("# a\nk: | # b\n  # no comment\n\n# c\nl: [ # d\n 1 ] # e\nm: 'x # y'\n#f");
    let comments: Vec<_> = document.comments.iter().map(|span| document.text.slice(*span)).collect();
    assert_eq!(comments, ["# a", "# b", "# c", "# d", "# e", "#f"]);
}
