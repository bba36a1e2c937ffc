//! Shell variables: their values, which of them children see, and the scopes of functions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::items::Items;
use super::values::filtered;
use crate::facts::environment::Environment;
use crate::facts::shared_map::SharedMap;
use crate::facts::value::{Datum, Origin, OriginKind, Reason, Value};

/// Whether children get a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    Yes,
    No,
    Perhaps,
}

impl Exported {
    pub(super) fn join(self, other: Self) -> Self {
        if self == other { self } else { Self::Perhaps }
    }
}

/// A variable of the shell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    /// Its value; for an array, that of element 0.
    pub(super) value: Value,
    /// Whether children get it.
    pub(super) exported: Exported,
    /// The elements, if it is an array. Arrays are never exported.
    pub(super) items: Option<Items>,
}

type Table = BTreeMap<Arc<str>, Variable>;

/// All variables. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Variables {
    /// Variables that the script has touched.
    named: SharedMap<Variable>,
    /// What a child would get now; for variables that are not in `named`, also what the shell itself sees.
    environment: Environment,
    /// For each running function, and each command with assignments in front, what its own variables hid; the innermost last.
    scopes: Vec<Scope>,
}

/// What the variables of a function, or those in front of a command, hid.
#[derive(Clone, Debug)]
struct Scope {
    hidden: Arc<Table>,
    function: bool,
    /// Variables that may stay when it has ended, so that both outcomes are kept: those in front of a command that were exported
    /// meanwhile (bash's `push_temp_var`), and those that are local on some paths only.
    leaking: BTreeSet<Arc<str>>,
}

impl Variables {
    /// Those of a shell that starts with `environment`.
    pub(super) fn new(environment: Environment) -> Self {
        Self { named: SharedMap::default(), environment, scopes: Vec::new() }
    }

    /// The environment of a child that would start now.
    pub(super) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The variable as it is now.
    pub(super) fn variable(&self, name: &str) -> Variable {
        self.named.get(name).cloned().unwrap_or_else(|| inherited(self.environment.get(name)))
    }

    /// The value of a variable; of an array, that of element 0.
    pub(super) fn get(&self, name: &str) -> Value {
        self.named.get(name).map_or_else(|| self.environment.get(name).clone(), |variable| variable.value.clone())
    }

    /// All texts that variables may be, each with the variable's name.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        let inherited = self.environment.iter().flat_map(|(name, value)| value.texts().map(move |text| (name, text)));
        let touched = self.named.iter().flat_map(|(name, variable)| {
            let items = variable.items.iter().flat_map(Items::texts);
            variable.value.texts().chain(items).map(move |text| (name, text))
        });
        inherited.chain(touched)
    }

    /// How many variables the script has touched.
    pub(super) fn count(&self) -> usize {
        self.named.len()
    }

    /// Whether the script has touched the variable.
    pub(super) fn touched(&self, name: &str) -> bool {
        self.named.get(name).is_some()
    }

    /// Assigns; whether it is exported stays as it is.
    pub(super) fn assign(&mut self, name: &str, value: Value) {
        let exported = self.variable(name).exported;
        self.put(name, Variable { value, exported, items: None });
    }

    /// Assigns an array.
    pub(super) fn assign_items(&mut self, name: &str, items: Items) {
        let unset = Value::unset_by(OriginKind::Script);
        let value = items.value(|list| list.first().cloned().unwrap_or_else(|| unset.clone()));
        self.put(name, Variable { value, exported: Exported::No, items: Some(items) });
    }

    /// Exports a variable in front of a command.
    pub(super) fn lend(&mut self, name: &str) {
        let variable = self.variable(name);
        self.put(name, Variable { exported: Exported::Yes, ..variable });
    }

    /// Changes whether children get it.
    pub(super) fn export(&mut self, name: &str, exported: Exported) {
        let variable = self.variable(name);
        for scope in self.scopes.iter_mut().filter(|scope| !scope.function && scope.hidden.contains_key(name)) {
            scope.leaking.insert(name.into());
        }
        self.put(name, Variable { exported, ..variable });
    }

    /// `unset`. A variable of an outer scope ends there, and what it hid comes back (`unset_variable` in bash's variables.c).
    pub(super) fn unset(&mut self, name: &str, origin: Arc<Origin>) {
        let holder = self.scopes.iter().rposition(|scope| scope.hidden.contains_key(name));
        let own = holder.is_some_and(|holder| holder + 1 == self.scopes.len() && self.scopes.last().is_some_and(|scope| scope.function));
        let outer = holder.filter(|_| !own).and_then(|holder| self.scopes.get_mut(holder));
        match outer.and_then(|scope| Arc::make_mut(&mut scope.hidden).remove(name)) {
            Some(hidden) => self.put(name, hidden),
            None => self.put(name, Variable { value: Value::unset(origin), exported: Exported::No, items: None }),
        }
    }

    /// Replaces a variable as a whole.
    pub(super) fn put(&mut self, name: &str, variable: Variable) {
        let mut visible = variable.visible();
        let unset = |value: &Value| filtered(value, false, |datum| *datum == Datum::Unset).is_some();
        if let Some(hidden) = self.hidden(name).filter(|_| unset(&variable.value)) {
            // Children of a function with an unset local variable still get the one that it hides.
            visible = match filtered(&visible, true, |datum| *datum != Datum::Unset) {
                Some(set) => set.join(hidden.visible()),
                None => hidden.visible(),
            };
        }
        if self.environment.names(name) || !is_unset(&visible) || !is_unset(self.environment.get(name)) {
            self.environment.set(name, visible);
        }
        self.named.insert(name.into(), variable);
    }

    /// The variable that a local one hides.
    fn hidden(&self, name: &str) -> Option<&Variable> {
        self.scopes.iter().rev().filter(|scope| scope.function).find_map(|scope| scope.hidden.get(name))
    }

    /// Any variable may have been set to anything.
    pub(super) fn forget(&mut self, reason: &Reason) {
        self.named.change_all(|variable| {
            variable.value = variable.value.clone().or_unknown(reason.clone());
            variable.exported = variable.exported.join(Exported::Yes);
            variable.items = variable.items.take().map(|items| items.or_unknown(reason.clone()));
        });
        self.environment.forget(reason);
    }

    /// Enters a function, or a command with assignments in front of it.
    pub(super) fn enter(&mut self, function: bool) {
        self.scopes.push(Scope { hidden: Arc::default(), function, leaking: BTreeSet::new() });
    }

    /// Leaves it: its variables end.
    pub(super) fn leave(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        for (name, variable) in scope.hidden.iter() {
            let leaks = scope.leaking.contains(name) || self.scopes.iter().any(|outer| outer.leaking.contains(name));
            let after = if leaks { variable.clone().join(self.variable(name)) } else { variable.clone() };
            self.put(name, after);
        }
    }

    /// Whether a function is running.
    pub(super) fn in_function(&self) -> bool {
        self.scopes.iter().any(|scope| scope.function)
    }

    /// Makes a variable local to the running function, or to the command with assignments in front: what it is now comes back
    /// at the end.
    pub(super) fn localise(&mut self, name: &str, function: bool) {
        let now = self.variable(name);
        if let Some(scope) = self.scopes.iter_mut().rev().find(|scope| scope.function == function) {
            Arc::make_mut(&mut scope.hidden).entry(name.into()).or_insert(now);
        }
    }

    /// Whether a variable is local to the running function.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.scopes.iter().rev().find(|scope| scope.function).is_some_and(|scope| scope.hidden.contains_key(name))
    }

    /// Whether a variable is one that was assigned in front of the running command; `None` if functions in between made it their own.
    pub(super) fn is_lent(&self, name: &str) -> Option<bool> {
        let mut holders = self.scopes.iter().rev().filter(|scope| scope.hidden.contains_key(name));
        match holders.next() {
            Some(innermost) if innermost.function => holders.all(|scope| scope.function).then_some(false),
            innermost => Some(innermost.is_some()),
        }
    }

    /// Either these or those.
    pub(super) fn join(self, other: &Self) -> Self {
        let named = self.named.united(&other.named, |name, mine, theirs| {
            let side = |variable: Option<&Variable>, side: &Self| variable.cloned().unwrap_or_else(|| side.variable(name));
            side(mine, &self).join(side(theirs, other))
        });
        let scopes = self.scopes.iter().zip(&other.scopes).map(|(mine, theirs)| self.joined_scope(mine, other, theirs)).collect();
        Self { named, environment: self.environment.join(&other.environment), scopes }
    }

    fn joined_scope(&self, mine: &Scope, other: &Self, theirs: &Scope) -> Scope {
        if Arc::ptr_eq(&mine.hidden, &theirs.hidden) && mine.leaking == theirs.leaking {
            return mine.clone();
        }
        let names: BTreeSet<&Arc<str>> = mine.hidden.keys().chain(theirs.hidden.keys()).collect();
        let on_some_paths = |name: &&&Arc<str>| mine.hidden.contains_key(**name) != theirs.hidden.contains_key(**name);
        let leaking = names.iter().filter(on_some_paths).map(|name| Arc::clone(name));
        let leaking = leaking.chain(mine.leaking.union(&theirs.leaking).cloned()).collect();
        let table = names.into_iter().map(|name| (Arc::clone(name), hidden(mine, self, name).join(hidden(theirs, other, name))));
        Scope { hidden: Arc::new(table.collect()), function: mine.function, leaking }
    }

    /// Names whose variables differ.
    pub(super) fn differences(&self, other: &Self) -> Vec<Arc<str>> {
        let named = self.named.differences(&other.named).into_iter().map(|(name, ..)| name);
        named.filter(|name| self.variable(name) != other.variable(name)).cloned().collect()
    }

    /// The variable may also be something unknown.
    pub(super) fn doubt(&mut self, name: &str, reason: &Reason) {
        let variable = self.variable(name);
        let items = variable.items.map(|items| items.or_unknown(reason.clone()));
        self.put(name, Variable { value: variable.value.or_unknown(reason.clone()), exported: variable.exported, items });
    }
}

fn inherited(value: &Value) -> Variable {
    let may_be_unset = value.reason().is_some() || value.choices().iter().any(|choice| choice.datum == Datum::Unset);
    let exported = match (is_unset(value), may_be_unset) {
        (true, _) => Exported::No,
        (false, true) => Exported::Perhaps,
        (false, false) => Exported::Yes,
    };
    Variable { value: value.clone(), exported, items: None }
}

fn is_unset(value: &Value) -> bool {
    value.single().is_some_and(|choice| choice.datum == Datum::Unset)
}

fn unset_origin(value: &Value) -> Arc<Origin> {
    value.choices().first().map_or_else(|| Origin::of(OriginKind::Script), |choice| Arc::clone(&choice.origin))
}

fn hidden(scope: &Scope, variables: &Variables, name: &str) -> Variable {
    scope.hidden.get(name).cloned().unwrap_or_else(|| variables.variable(name))
}

impl Variable {
    /// What children get.
    fn visible(&self) -> Value {
        match (self.exported, &self.items) {
            (Exported::Yes, None) => self.value.clone(),
            (Exported::Perhaps, None) => self.value.clone().join(Value::unset_by(OriginKind::Script)),
            _ => Value::unset(unset_origin(&self.value)),
        }
    }

    fn join(self, other: Self) -> Self {
        let items = match (self.items, other.items) {
            (Some(a), Some(b)) => Some(a.join(&b)),
            (None, None) => None,
            (Some(items), None) | (None, Some(items)) => Some(items.or_unknown(Reason::new("array on one path only"))),
        };
        Self { value: self.value.join(other.value), exported: self.exported.join(other.exported), items }
    }
}
