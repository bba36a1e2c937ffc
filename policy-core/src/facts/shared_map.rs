//! An ordered map from names whose copies share what they have in common, so that copying costs nothing and comparing two
//! copies costs no more than what was changed in them.
//!
//! It is a treap: a search tree by name, and a heap by a hash of the name. The same names always give the same tree,
//! whatever the order in which they came, so two copies line up. The hash is seeded anew in each process, since names come
//! from files that anybody may write: nobody can choose names that make a deep tree. No order but that of names is visible.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// The map.
#[derive(Clone, Debug)]
pub(crate) struct SharedMap<V> {
    root: Link<V>,
    len: usize,
}

type Link<V> = Option<Arc<Node<V>>>;

#[derive(Clone, Debug)]
struct Node<V> {
    name: Arc<str>,
    priority: u64,
    value: V,
    left: Link<V>,
    right: Link<V>,
}

/// A name with what it is in each of two maps that disagree about it.
pub(crate) type Difference<'m, V> = (&'m Arc<str>, Option<&'m V>, Option<&'m V>);

/// Gets the differences one by one, until it says stop.
type Visit<'v, 'm, V> = &'v mut dyn FnMut(Difference<'m, V>) -> ControlFlow<()>;

impl<V: Clone + PartialEq> PartialEq for SharedMap<V> {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other, &mut |_| ControlFlow::Break(())).is_continue()
    }
}

impl<V> Default for SharedMap<V> {
    fn default() -> Self {
        Self { root: None, len: 0 }
    }
}

impl<V: Clone + PartialEq> SharedMap<V> {
    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        let mut link = &self.root;
        while let Some(node) = link {
            link = match name.cmp(&node.name) {
                std::cmp::Ordering::Less => &node.left,
                std::cmp::Ordering::Greater => &node.right,
                std::cmp::Ordering::Equal => return Some(&node.value),
            };
        }
        None
    }

    /// Sets a name.
    pub(crate) fn insert(&mut self, name: Arc<str>, value: V) {
        let priority = SEED.hash_one(&*name);
        let is_new = insert(&mut self.root, name, priority, value);
        self.len += usize::from(is_new);
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Changes every value.
    pub(crate) fn change_all(&mut self, mut change: impl FnMut(&mut V)) {
        change_all(&mut self.root, &mut change);
    }

    /// All entries, in order of names.
    pub(crate) fn iter(&self) -> Iter<'_, V> {
        let mut iter = Iter { open: Vec::new() };
        iter.descend(self.root.as_deref());
        iter
    }

    /// The names that are not the same in both, in order.
    pub(crate) fn differences<'m>(&'m self, other: &'m Self) -> Vec<Difference<'m, V>> {
        let mut found = Vec::new();
        let _ = self.compare(other, &mut |difference| {
            found.push(difference);
            ControlFlow::Continue(())
        });
        found
    }

    /// Whether both are one and the same map, not only alike.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    fn compare<'m>(&'m self, other: &'m Self, visit: Visit<'_, 'm, V>) -> ControlFlow<()> {
        compare(self.root.as_ref(), other.root.as_ref(), Range { above: None, below: None }, visit)
    }

    /// This map, but where it differs from the other, with what `unite` makes of the two.
    pub(crate) fn united(&self, other: &Self, unite: impl Fn(&str, Option<&V>, Option<&V>) -> V) -> Self {
        let mut all = self.clone();
        for (name, mine, theirs) in self.differences(other) {
            let value = unite(name, mine, theirs);
            if mine != Some(&value) {
                all.insert(Arc::clone(name), value);
            }
        }
        all
    }
}

/// Entries in order of names.
pub(crate) struct Iter<'m, V> {
    open: Vec<&'m Node<V>>,
}

impl<'m, V> Iter<'m, V> {
    fn descend(&mut self, mut link: Option<&'m Node<V>>) {
        while let Some(node) = link {
            self.open.push(node);
            link = node.left.as_deref();
        }
    }
}

impl<'m, V> Iterator for Iter<'m, V> {
    type Item = (&'m Arc<str>, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.open.pop()?;
        self.descend(node.right.as_deref());
        Some((&node.name, &node.value))
    }
}

/// Whether the name was not there before.
fn insert<V: Clone>(link: &mut Link<V>, name: Arc<str>, priority: u64, value: V) -> bool {
    match link {
        Some(node) if (node.priority, &node.name) >= (priority, &name) => {
            let node = Arc::make_mut(node);
            match name.cmp(&node.name) {
                std::cmp::Ordering::Less => insert(&mut node.left, name, priority, value),
                std::cmp::Ordering::Greater => insert(&mut node.right, name, priority, value),
                std::cmp::Ordering::Equal => {
                    node.value = value;
                    false
                }
            }
        }
        _ => {
            let (left, right) = split(link.take(), &name);
            *link = Some(Arc::new(Node { name, priority, value, left, right }));
            true
        }
    }
}

/// The names before `name`, and those behind it.
fn split<V: Clone>(link: Link<V>, name: &str) -> (Link<V>, Link<V>) {
    let Some(mut node) = link else { return (None, None) };
    let inner = Arc::make_mut(&mut node);
    if *inner.name < *name {
        let (left, right) = split(inner.right.take(), name);
        inner.right = left;
        (Some(node), right)
    } else {
        let (left, right) = split(inner.left.take(), name);
        inner.left = right;
        (left, Some(node))
    }
}

fn change_all<V: Clone>(link: &mut Link<V>, change: &mut impl FnMut(&mut V)) {
    let Some(node) = link else { return };
    let node = Arc::make_mut(node);
    change_all(&mut node.left, change);
    change(&mut node.value);
    change_all(&mut node.right, change);
}

/// A stretch of names, its ends left out.
#[derive(Clone, Copy)]
struct Range<'m> {
    above: Option<&'m str>,
    below: Option<&'m str>,
}

impl<'m> Range<'m> {
    /// The part of a tree that lies in the range.
    fn part<V>(self, mut link: Option<&'m Arc<Node<V>>>) -> Option<&'m Arc<Node<V>>> {
        while let Some(node) = link {
            link = if self.above.is_some_and(|above| *node.name <= *above) {
                node.right.as_ref()
            } else if self.below.is_some_and(|below| *node.name >= *below) {
                node.left.as_ref()
            } else {
                return link;
            };
        }
        None
    }
}

/// Goes through both trees side by side and leaves out what they share.
fn compare<'m, V: PartialEq>(
    a: Option<&'m Arc<Node<V>>>,
    b: Option<&'m Arc<Node<V>>>,
    range: Range<'m>,
    visit: Visit<'_, 'm, V>,
) -> ControlFlow<()> {
    let (a, b) = (range.part(a), range.part(b));
    let top = match (a, b) {
        (None, None) => return ControlFlow::Continue(()),
        (Some(a), Some(b)) if Arc::ptr_eq(a, b) => return ControlFlow::Continue(()),
        (Some(a), Some(b)) => if (a.priority, &a.name) >= (b.priority, &b.name) { a } else { b },
        (Some(node), None) | (None, Some(node)) => node,
    };
    let children = |link: Option<&'m Arc<Node<V>>>| match link {
        Some(node) if node.name == top.name => (node.left.as_ref(), Some(&node.value), node.right.as_ref()),
        other => (other, None, other),
    };
    let ((a_left, mine, a_right), (b_left, theirs, b_right)) = (children(a), children(b));
    compare(a_left, b_left, Range { below: Some(&top.name), ..range }, visit)?;
    if mine != theirs {
        visit((&top.name, mine, theirs))?;
    }
    compare(a_right, b_right, Range { above: Some(&top.name), ..range }, visit)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn built(entries: &[(u8, u8)]) -> (SharedMap<u8>, BTreeMap<String, u8>) {
        let mut both = (SharedMap::default(), BTreeMap::new());
        for (name, value) in entries {
            both.0.insert(name.to_string().as_str().into(), *value);
            both.1.insert(name.to_string(), *value);
        }
        both
    }

    fn listed(map: &SharedMap<u8>) -> Vec<(String, u8)> {
        map.iter().map(|(name, value)| (name.to_string(), *value)).collect()
    }

    proptest! {
        #[test]
        fn it_holds_what_an_ordinary_map_holds(entries: Vec<(u8, u8)>, asked: u8) {
            let (map, expected) = built(&entries);
            prop_assert_eq!(map.get(&asked.to_string()), expected.get(&asked.to_string()));
            prop_assert_eq!(map.len(), expected.len());
            prop_assert_eq!(listed(&map), expected.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn differences_are_those_of_ordinary_maps(common: Vec<(u8, u8)>, left: Vec<(u8, u8)>, right: Vec<(u8, u8)>, apart: bool) {
            let extended = |more: &[(u8, u8)]| built(&[common.as_slice(), more].concat());
            let ((mut a, in_a), (mut b, in_b)) = (extended(&left), extended(&right));
            if !apart {
                let (shared, _) = built(&common);
                (a, b) = (shared.clone(), shared);
                left.iter().for_each(|(name, value)| a.insert(name.to_string().as_str().into(), *value));
                right.iter().for_each(|(name, value)| b.insert(name.to_string().as_str().into(), *value));
            }
            let names: std::collections::BTreeSet<&String> = in_a.keys().chain(in_b.keys()).collect();
            let expected: Vec<_> = names.into_iter().filter(|name| in_a.get(*name) != in_b.get(*name)).cloned().collect();
            let found: Vec<String> = a.differences(&b).iter().map(|(name, ..)| name.to_string()).collect();
            prop_assert_eq!(a == b, expected.is_empty());
            prop_assert_eq!(found, expected);
            let united = a.united(&b, |_, mine, theirs| *mine.max(theirs).unwrap());
            let mut both = in_a.clone();
            in_b.iter().for_each(|(name, value)| { both.entry(name.clone()).and_modify(|mine| *mine = (*mine).max(*value)).or_insert(*value); });
            prop_assert_eq!(listed(&united), both.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn copies_are_independent() {
        let (mut a, _) = built(&[(1, 1), (2, 2), (3, 3)]);
        let before = a.clone();
        a.change_all(|value| *value += 10);
        assert_eq!(listed(&before), [("1".into(), 1), ("2".into(), 2), ("3".into(), 3)]);
        assert_eq!(listed(&a), [("1".into(), 11), ("2".into(), 12), ("3".into(), 13)]);
    }
}
