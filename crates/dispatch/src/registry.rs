//! The registry of one realm: systems, backends, dispatchables, and questions about them.

use crate::automaton::{Automaton, State};
use crate::backend::Backend;
use crate::conversion::Conversions;
use crate::error::DispatchError;
use crate::hierarchy::Hierarchy;
use crate::id::{BackendId, DispatchableId, GroupId, ScopeId, SystemId};
use crate::scope::{ScopeOptions, Scopes, Target};
use crate::system::{Dispatchable, System};
use crate::tag::Tag;
use std::collections::HashMap;

/// Everything one realm knows about dispatch.
///
/// Methods that change what a call resolves to clear the table's entries; the host passes the table it reads.
pub struct Registry {
    pub(crate) systems: Vec<System>,
    pub(crate) backends: Vec<(SystemId, Backend)>,
    pub(crate) dispatchables: Vec<Dispatchable>,
    pub(crate) scopes: Scopes,
    pub(crate) conversions: Conversions,
    pub(crate) types: Hierarchy,
    pub(crate) automaton: Automaton,
    groups: HashMap<(SystemId, String), GroupId>,
}

impl Registry {
    /// An empty registry over a zeroed table of `capacity` entries.
    pub fn new(capacity: usize) -> Self {
        Self {
            systems: vec![],
            backends: vec![],
            dispatchables: vec![],
            scopes: Scopes::default(),
            conversions: Conversions::default(),
            types: Hierarchy::default(),
            automaton: Automaton::new(capacity, 0),
            groups: HashMap::new(),
        }
    }

    /// The number of a group of a system's functions, which need not have any yet.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown system.
    pub fn group(&mut self, system: SystemId, name: &str) -> Result<GroupId, DispatchError> {
        self.system(system)?;
        let next = self.groups.len() as GroupId;
        Ok(*self.groups.entry((system, name.to_owned())).or_insert(next))
    }

    /// The scope with `options` inside `outer`.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for unknown numbers.
    pub fn scope(
        &mut self,
        outer: ScopeId,
        options: ScopeOptions,
    ) -> Result<ScopeId, DispatchError> {
        for &(target, id) in &options.prioritize {
            self.backend(id)?;
            if let Target::Function(function) = target {
                self.dispatchable(function)?;
            }
        }
        for &id in options.disable.iter().chain(&options.exclusive) {
            self.backend(id)?;
        }
        for &(system, _) in &options.types {
            self.system(system)?;
        }
        let outer = self.scope_options(outer)?;
        let same_system =
            |a: BackendId, b: BackendId| self.backends[a as usize].0 == self.backends[b as usize].0;
        let options = options.within(outer, same_system);
        Ok(self.scopes.intern(options))
    }

    /// The number of the backend called `name`.
    ///
    /// # Errors
    /// [`DispatchError::UnknownBackend`], which lists the names there are.
    pub fn find_backend(&self, system: SystemId, name: &str) -> Result<BackendId, DispatchError> {
        let owner = self.system(system)?;
        self.named(system, name).ok_or_else(|| DispatchError::UnknownBackend {
            system: owner.name.clone(),
            name: name.to_owned(),
            known: owner
                .backends
                .iter()
                .map(|&id| format!("\"{}\"", self.backends[id as usize].1.name))
                .collect::<Vec<_>>()
                .join(", "),
        })
    }

    /// The name of a backend.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn backend_name(&self, id: BackendId) -> Result<&str, DispatchError> {
        Ok(&self.backend(id)?.1.name)
    }

    /// Whether a scope allows no other backend of the same system.
    pub fn is_forced(&self, scope: ScopeId, backend: BackendId) -> bool {
        self.scopes.get(scope).is_some_and(|options| options.exclusive.contains(&backend))
    }

    /// The cheapest chain of conversions from one type to another, both ends included. Values of a class without an
    /// identifier of its own are converted as those of the type that it counts as, which the chain then begins with.
    pub fn conversion_path(&self, from: Tag, to: Tag) -> Option<Vec<Tag>> {
        self.path(from, |tag| tag == to)
    }

    /// The chain of conversions that brings a value of type `tag` to `backend`: `None` when it takes the value as
    /// it is, in a call that it runs by conversion. Begins as [`Registry::conversion_path`]'s does.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown backend.
    pub fn argument_path(
        &self,
        backend: BackendId,
        tag: Tag,
    ) -> Result<Option<Vec<Tag>>, DispatchError> {
        if self.takes_converted(backend, tag)? {
            return Ok(None);
        }
        let (_, backend) = self.backend(backend)?;
        Ok(self.path(tag, |candidate| backend.types.is_primary(candidate, &self.types)))
    }

    /// Whether `backend` takes a value of type `tag` as it is, in a call that it runs by conversion.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown backend.
    pub fn takes_converted(&self, backend: BackendId, tag: Tag) -> Result<bool, DispatchError> {
        Ok(self.backend(backend)?.1.types.is_primary(tag, &self.types))
    }

    /// The offset of the row at which a walk for `dispatchable` in `scope` begins.
    ///
    /// # Errors
    /// [`DispatchError::TableFull`], or [`DispatchError::NoSuch`].
    pub fn base(
        &mut self,
        dispatchable: DispatchableId,
        scope: ScopeId,
    ) -> Result<usize, DispatchError> {
        self.dispatchable(dispatchable)?;
        self.scope_options(scope)?;
        self.automaton.row(State { dispatchable, scope, ..State::default() })
    }

    /// Starts over on another zeroed table, wide enough for `largest_tag`. All bases and states are new.
    pub fn replace_table(&mut self, capacity: usize, largest_tag: Tag) {
        self.automaton = Automaton::new(capacity, largest_tag);
    }

    /// Entries in a row of the table: more than the largest tag that may be added to a state.
    pub fn stride(&self) -> usize {
        self.automaton.stride()
    }

    /// Entries of the table in use.
    pub fn table_used(&self) -> usize {
        self.automaton.used()
    }

    pub(crate) fn path(&self, from: Tag, accepts: impl Fn(Tag) -> bool) -> Option<Vec<Tag>> {
        self.conversions.path(&self.types.counted_as(from), accepts)
    }

    pub(crate) fn named(&self, system: SystemId, name: &str) -> Option<BackendId> {
        let backends = &self.systems[system as usize].backends;
        backends.iter().copied().find(|&id| self.backends[id as usize].1.name == name)
    }

    pub(crate) fn system(&self, id: SystemId) -> Result<&System, DispatchError> {
        self.systems.get(id as usize).ok_or(no_such("backend system", id))
    }

    pub(crate) fn backend(&self, id: BackendId) -> Result<&(SystemId, Backend), DispatchError> {
        self.backends.get(id as usize).ok_or(no_such("backend", id))
    }

    pub(crate) fn dispatchable(&self, id: DispatchableId) -> Result<&Dispatchable, DispatchError> {
        self.dispatchables.get(id as usize).ok_or(no_such("dispatchable", id))
    }

    pub(crate) fn scope_options(&self, id: ScopeId) -> Result<&ScopeOptions, DispatchError> {
        self.scopes.get(id).ok_or(no_such("scope", id))
    }
}

pub(crate) fn no_such(kind: &'static str, index: u32) -> DispatchError {
    DispatchError::NoSuch { kind, index }
}
