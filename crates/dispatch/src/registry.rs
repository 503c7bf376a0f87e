//! The registry of one realm: systems, backends, dispatchables, and the answers to calls.

use crate::automaton::Automaton;
use crate::backend::{Backend, BackendId, Parents};
use crate::candidate::Candidate;
use crate::conversion::Conversions;
use crate::error::DispatchError;
use crate::order;
use crate::scope::{ScopeId, ScopeOptions, Scopes};
use crate::tag::Tag;
use std::collections::HashMap;

/// Number of a backend system.
pub type SystemId = u32;
/// Number of a dispatchable.
pub type DispatchableId = u32;
/// Number of an answer among those of one dispatchable, from 1.
pub type Slot = u32;

pub(crate) struct System {
    pub(crate) name: String,
    pub(crate) backends: Vec<BackendId>,
    /// The backends in try order; `None` after a change.
    pub(crate) order: Option<Vec<BackendId>>,
}

pub(crate) struct Dispatchable {
    pub(crate) system: SystemId,
    /// Who implements it, and whether conditionally.
    pub(crate) implementations: HashMap<BackendId, bool>,
    /// The distinct lists of candidates that calls resolved to; a slot is a position here plus one.
    pub(crate) plans: Vec<Vec<Candidate>>,
}

/// Everything one realm knows about dispatch.
///
/// Methods that change what a call resolves to clear the table's entries; the host passes the table it reads.
pub struct Registry {
    pub(crate) systems: Vec<System>,
    pub(crate) backends: Vec<(SystemId, Backend)>,
    pub(crate) dispatchables: Vec<Dispatchable>,
    pub(crate) scopes: Scopes,
    pub(crate) conversions: Conversions,
    pub(crate) parents: Parents,
    pub(crate) automaton: Automaton,
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
            parents: Parents::default(),
            automaton: Automaton::new(capacity, 0),
        }
    }

    /// Adds a backend system.
    ///
    /// # Errors
    /// [`DispatchError::Duplicate`].
    pub fn add_system(&mut self, name: &str) -> Result<SystemId, DispatchError> {
        if self.systems.iter().any(|system| system.name == name) {
            return Err(duplicate("this process", "backend system", name));
        }
        self.systems.push(System { name: name.to_owned(), backends: vec![], order: None });
        Ok(self.systems.len() as SystemId - 1)
    }

    /// Adds a backend to a system.
    ///
    /// # Errors
    /// [`DispatchError::Duplicate`], or [`DispatchError::OrderCycle`] when its declared place is impossible.
    pub fn add_backend(
        &mut self,
        table: &mut [i32],
        system: SystemId,
        backend: Backend,
    ) -> Result<BackendId, DispatchError> {
        let owner = self.system(system)?;
        if owner.backends.iter().any(|&id| self.backends[id as usize].1.name == backend.name) {
            return Err(duplicate(&owner.name, "backend", &backend.name));
        }
        let mut all: Vec<&Backend> =
            owner.backends.iter().map(|&id| &self.backends[id as usize].1).collect();
        all.push(&backend);
        order::sort(&owner.name, &all, &self.parents)?;
        let id = self.backends.len() as BackendId;
        self.backends.push((system, backend));
        self.systems[system as usize].backends.push(id);
        self.changed(table);
        Ok(id)
    }

    /// Adds a dispatchable to a system.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown system.
    pub fn add_dispatchable(&mut self, system: SystemId) -> Result<DispatchableId, DispatchError> {
        self.system(system)?;
        self.dispatchables.push(Dispatchable {
            system,
            implementations: HashMap::new(),
            plans: vec![],
        });
        Ok(self.dispatchables.len() as DispatchableId - 1)
    }

    /// Records that `backend` implements `dispatchable`; `conditional` when it decides call by call.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for unknown numbers or a backend of another system, [`DispatchError::Duplicate`].
    pub fn implement(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        backend: BackendId,
        conditional: bool,
    ) -> Result<(), DispatchError> {
        let system = self.dispatchable(dispatchable)?.system;
        let Some((_, owner)) =
            self.backends.get(backend as usize).filter(|(owner, _)| *owner == system)
        else {
            return Err(DispatchError::NoSuch { kind: "backend of this system", index: backend });
        };
        let implementations = &mut self.dispatchables[dispatchable as usize].implementations;
        if implementations.contains_key(&backend) {
            return Err(duplicate(&owner.name, "implementation of", "this function"));
        }
        implementations.insert(backend, conditional);
        self.changed(table);
        Ok(())
    }

    /// Records that values of type `tag` are instances of a class that extends the one of type `parent`.
    pub fn add_parent(&mut self, table: &mut [i32], tag: Tag, parent: Tag) {
        self.parents.add(tag, parent);
        self.changed(table);
    }

    /// Records a conversion and its cost.
    pub fn add_conversion(&mut self, table: &mut [i32], from: Tag, to: Tag, cost: u32) {
        self.conversions.add(from, to, cost);
        self.changed(table);
    }

    /// The cheapest chain of conversions from one type to another, both ends included.
    pub fn conversion_path(&self, from: Tag, to: Tag) -> Option<Vec<Tag>> {
        self.conversions.path(from, |tag| tag == to)
    }

    /// The chain of conversions that brings a value of type `tag` to `backend`: `None` when it takes the value as
    /// it is, in a call that it runs by conversion.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown backend.
    pub fn argument_path(
        &self,
        backend: BackendId,
        tag: Tag,
    ) -> Result<Option<Vec<Tag>>, DispatchError> {
        let (_, backend) = self.backend(backend)?;
        if backend.types.is_primary(tag, &self.parents) {
            return Ok(None);
        }
        Ok(self
            .conversions
            .path(tag, |candidate| backend.types.is_primary(candidate, &self.parents)))
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
        for &id in options.prioritize.iter().chain(&options.disable).chain(&options.exclusive) {
            self.backend(id)?;
        }
        let outer =
            self.scopes.get(outer).ok_or(DispatchError::NoSuch { kind: "scope", index: outer })?;
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
        let found = owner.backends.iter().find(|&&id| self.backends[id as usize].1.name == name);
        found.copied().ok_or_else(|| DispatchError::UnknownBackend {
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
        self.automaton.row((dispatchable, scope, vec![]))
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

    /// Whether a scope allows no other backend of the same system.
    pub fn is_forced(&self, scope: ScopeId, backend: BackendId) -> bool {
        self.scopes.get(scope).is_some_and(|options| options.exclusive.contains(&backend))
    }

    /// The name of a backend.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn backend_name(&self, id: BackendId) -> Result<&str, DispatchError> {
        Ok(&self.backend(id)?.1.name)
    }

    fn changed(&mut self, table: &mut [i32]) {
        for system in &mut self.systems {
            system.order = None;
        }
        self.automaton.invalidate(table);
    }

    pub(crate) fn system(&self, id: SystemId) -> Result<&System, DispatchError> {
        self.systems
            .get(id as usize)
            .ok_or(DispatchError::NoSuch { kind: "backend system", index: id })
    }

    fn backend(&self, id: BackendId) -> Result<&(SystemId, Backend), DispatchError> {
        self.backends.get(id as usize).ok_or(DispatchError::NoSuch { kind: "backend", index: id })
    }

    pub(crate) fn dispatchable(&self, id: DispatchableId) -> Result<&Dispatchable, DispatchError> {
        self.dispatchables
            .get(id as usize)
            .ok_or(DispatchError::NoSuch { kind: "dispatchable", index: id })
    }

    pub(crate) fn scope_options(&self, id: ScopeId) -> Result<&ScopeOptions, DispatchError> {
        self.scopes.get(id).ok_or(DispatchError::NoSuch { kind: "scope", index: id })
    }
}

fn duplicate(system: &str, kind: &'static str, name: &str) -> DispatchError {
    DispatchError::Duplicate { system: system.to_owned(), kind, name: name.to_owned() }
}
