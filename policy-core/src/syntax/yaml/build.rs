//! Parser events to a tree: aliases, budgets, duplicate keys, tags. Iterative, so that nesting costs no stack.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};

use super::message;
use super::{Entry, Limits, Node, NodeKind, Scalar, Style, YamlError, extent, schema};
use crate::text::Span;

/// What the runner counts for the start and end of stream and document.
const STREAM_COST: usize = 4;

type Step = Result<(), YamlError>;

pub(super) struct Builder<'t> {
    source: &'t str,
    limits: Limits,
    open: Vec<Collection>,
    root: Option<Node>,
    documents: usize,
    anchors: HashMap<usize, Anchored>,
    anchor_names: HashMap<usize, Span>,
    comments: Vec<Span>,
    spent: usize,
    /// End of the furthest token so far.
    reached: usize,
}

/// A sequence or mapping whose end has not been seen.
struct Collection {
    place: Place,
    content: Content,
    anchor: usize,
    spent_before: usize,
    /// Levels of collections below this one, after expansion.
    height: usize,
}

/// How the extent of a collection is found.
enum Place {
    /// From its opening bracket to the closing one.
    Bracketed(Span),
    /// From its first child to its last; until the first child, where the parser saw it begin.
    Children { begun: Span, span: Option<Span> },
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<Node>, keys: HashMap<String, Span> },
}

/// A finished node that aliases may name.
struct Anchored {
    node: Node,
    cost: usize,
    height: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(source: &'t str, limits: Limits) -> Self {
        Self {
            source,
            limits,
            open: Vec::new(),
            root: None,
            documents: 0,
            anchors: HashMap::new(),
            anchor_names: HashMap::new(),
            comments: Vec::new(),
            spent: STREAM_COST,
            reached: 0,
        }
    }

    pub(super) fn accept(&mut self, event: Event<'_>, place: Span) -> Step {
        // A document without `---` starts where its first node does, and an empty place is where the parser noticed
        // something: neither is a token.
        let is_token = !matches!(event, Event::DocumentStart(false, _)) && place.start < place.end;
        match event {
            Event::DocumentStart(..) => self.document(place)?,
            Event::Comment(..) => self.comments.push(place),
            Event::Anchor(id, _) => drop(self.anchor_names.insert(id, place)),
            Event::Scalar(content, style, anchor, tag) => self.scalar(content, style, anchor, tag.as_deref(), place)?,
            Event::SequenceStart(style, anchor, _) => self.start(Content::Sequence(Vec::new()), style, anchor, place)?,
            Event::MappingStart(style, anchor, _) => self.start(Content::mapping(), style, anchor, place)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(place)?,
            Event::Alias(id) => self.alias(id, place)?,
            Event::UnresolvedAlias(name) => return Err(message::unknown_anchor(&name, place)),
            _ => {}
        }
        if is_token {
            self.reached = self.reached.max(place.end as usize);
        }
        Ok(())
    }

    /// The root and the comments; to be called after the last event.
    pub(super) fn finish(mut self) -> (Node, Vec<Span>) {
        // The comment in the header of a block scalar is reported after the scalar.
        self.comments.sort_unstable();
        let start = if self.source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let root = self.root.unwrap_or_else(|| Node::of_scalar(extent::empty(Span::new(start, start))));
        (root, self.comments)
    }

    fn document(&mut self, place: Span) -> Step {
        self.documents += 1;
        if self.documents > 1 { Err(message::second_document(message::widen(self.source, place))) } else { Ok(()) }
    }

    fn scalar(&mut self, content: Cow<'_, str>, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, place: Span) -> Step {
        self.spend(1, place)?;
        let mut scalar = extent::scalar(self.source, self.reached, place, style_of(style), content.into_owned());
        // The parser's place of a block scalar without text is empty.
        self.reached = self.reached.max(scalar.span.end as usize);
        match tag {
            Some(tag) => scalar.tagged = check_tag(tag, &scalar, message::widen(self.source, scalar.span))?,
            None if scalar.style == Style::Plain && schema::type_of(&scalar.content).is_err() => {
                return Err(message::number_out_of_range(&scalar.content, scalar.span));
            }
            None => {}
        }
        self.finished(Node::of_scalar(scalar), anchor, 1, 0)
    }

    fn start(&mut self, content: Content, style: StructureStyle, anchor: usize, place: Span) -> Step {
        self.spend(2, place)?;
        if self.open.len() >= self.limits.depth {
            return Err(message::too_deep(self.limits.depth, message::widen(self.source, place)));
        }
        // `[a: b]` holds a mapping without brackets of its own.
        let bracketed = style == StructureStyle::Flow && self.source.get(place.range()).is_some_and(|text| matches!(text, "[" | "{"));
        let place = if bracketed { Place::Bracketed(place) } else { Place::Children { begun: place, span: None } };
        self.open.push(Collection { place, content, anchor, spent_before: self.spent - 2, height: 1 });
        Ok(())
    }

    fn end(&mut self, place: Span) -> Step {
        let Some(collection) = self.open.pop() else { return Ok(()) };
        let Collection { anchor, height, spent_before, .. } = collection;
        self.finished(collection.into_node(place), anchor, self.spent - spent_before, height)
    }

    fn alias(&mut self, id: usize, place: Span) -> Step {
        let Some(Anchored { node, cost, height }) = self.anchors.get(&id) else {
            let anchor = self.anchor_names.get(&id).copied();
            return Err(message::alias_inside_its_anchor(self.source.get(place.range()).unwrap_or_default(), place, anchor));
        };
        let (node, cost, height) = (Node { alias: Some(place), ..node.clone() }, *cost, *height);
        self.spend(cost, place)?;
        if self.open.len() + height > self.limits.depth {
            return Err(message::too_deep(self.limits.depth, place));
        }
        self.place(node, height)
    }

    /// Puts a finished node into the tree, and remembers it if it has an anchor.
    fn finished(&mut self, node: Node, anchor: usize, cost: usize, height: usize) -> Step {
        // 0: no anchor.
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), cost, height });
        }
        self.place(node, height)
    }

    fn place(&mut self, node: Node, height: usize) -> Step {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.height = parent.height.max(height + 1);
        parent.place.include(node.site());
        parent.content.add(self.source, node)
    }

    fn spend(&mut self, cost: usize, place: Span) -> Step {
        self.spent = self.spent.saturating_add(cost);
        if self.spent > self.limits.nodes {
            return Err(message::too_many_nodes(self.limits.nodes, message::widen(self.source, place)));
        }
        Ok(())
    }
}

impl Node {
    fn of_scalar(scalar: Scalar) -> Self {
        Self { span: scalar.span, alias: None, kind: NodeKind::Scalar(Arc::new(scalar)) }
    }
}

impl Place {
    fn include(&mut self, child: Span) {
        if let Self::Children { span, .. } = self {
            *span = Some(span.map_or(child, |span| span.to(child)));
        }
    }
}

impl Collection {
    fn into_node(self, end: Span) -> Node {
        let span = match self.place {
            Place::Bracketed(start) => start.to(end),
            Place::Children { begun, span } => span.unwrap_or(begun),
        };
        let kind = match self.content {
            Content::Sequence(items) => NodeKind::Sequence(items.into()),
            Content::Mapping { entries, .. } => NodeKind::Mapping(entries.into()),
        };
        Node { span, alias: None, kind }
    }
}

impl Content {
    fn mapping() -> Self {
        Self::Mapping { entries: Vec::new(), key: None, keys: HashMap::new() }
    }

    fn add(&mut self, source: &str, node: Node) -> Step {
        match self {
            Self::Sequence(items) => items.push(node),
            Self::Mapping { entries, key, keys } => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => {
                    check_key(source, &node, keys)?;
                    *key = Some(node);
                }
            },
        }
        Ok(())
    }
}

fn check_key(source: &str, key: &Node, keys: &mut HashMap<String, Span>) -> Step {
    let site = message::widen(source, key.site());
    let Some(scalar) = key.scalar() else { return Err(message::key_not_scalar(key.kind_name(), site)) };
    if scalar.style == Style::Plain && scalar.content == "<<" {
        return Err(message::merge_key(site));
    }
    match keys.insert(scalar.content.clone(), site) {
        Some(first) => Err(message::duplicate_key(&scalar.content, site, first)),
        None => Ok(()),
    }
}

/// Whether the tag is `!!str`. `YamlObjectReader.cs` accepts the core tags only, and those other than `str` only on plain
/// scalars that spell such a value; it ignores tags of sequences and mappings.
fn check_tag(tag: &Tag, scalar: &Scalar, site: Span) -> Result<bool, YamlError> {
    match tag.core_suffix() {
        Some("str") => Ok(true),
        Some(name @ ("null" | "bool" | "int" | "float")) if scalar.style != Style::Plain => Err(message::tag_on_quoted(name, site)),
        Some(name @ ("null" | "bool" | "int" | "float")) if schema::admits(name, &scalar.content) => Ok(false),
        Some(name @ ("null" | "bool" | "int" | "float")) => Err(message::tag_mismatch(name, &scalar.content, site)),
        _ => Err(message::unknown_tag(&tag.original(), site)),
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
