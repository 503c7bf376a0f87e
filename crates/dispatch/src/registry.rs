//! The registry of one realm: systems, backends, dispatchables, and the answers to calls.

use crate::automaton::Automaton;
use crate::backend::{Backend, BackendId, BackendTypes, Parents, TypeMatch};
use crate::candidate::{Candidate, Mode, Verdict};
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

struct System {
    name: String,
    backends: Vec<BackendId>,
    /// The backends in try order; `None` after a change.
    order: Option<Vec<BackendId>>,
}

struct Dispatchable {
    system: SystemId,
    /// Who implements it, and whether conditionally.
    implementations: HashMap<BackendId, bool>,
    /// The distinct lists of candidates that calls resolved to; a slot is a position here plus one.
    plans: Vec<Vec<Candidate>>,
}

/// Everything one realm knows about dispatch.
///
/// Methods that change what a call resolves to clear the table's entries; the host passes the table it reads.
pub struct Registry {
    systems: Vec<System>,
    backends: Vec<(SystemId, Backend)>,
    dispatchables: Vec<Dispatchable>,
    scopes: Scopes,
    conversions: Conversions,
    converted_types: Vec<Tag>,
    parents: Parents,
    automaton: Automaton,
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
            converted_types: vec![],
            parents: Parents::new(),
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
        self.parents.insert(tag, parent);
        self.changed(table);
    }

    /// Records a conversion and its cost.
    pub fn add_conversion(&mut self, table: &mut [i32], from: Tag, to: Tag, cost: u32) {
        self.conversions.add(from, to, cost);
        self.converted_types.push(from);
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
        self.automaton.row((dispatchable, scope, vec![]))
    }

    /// The slot of a call whose dispatch arguments have these types, in any order; writes the walk into the table.
    ///
    /// # Errors
    /// [`DispatchError::TableFull`] when the host must call [`Registry::replace_table`], or
    /// [`DispatchError::NoSuch`].
    pub fn resolve(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Slot, DispatchError> {
        let mut state = self.base(dispatchable, scope)?;
        let mut seen: Vec<Tag> = vec![];
        for &tag in tags {
            if tag as usize >= self.automaton.stride() {
                return Err(DispatchError::TableFull);
            }
            // A type that decides nothing leads nowhere new.
            if self.is_known(self.dispatchables[dispatchable as usize].system, tag)
                && let Err(at) = seen.binary_search(&tag)
            {
                seen.insert(at, tag);
            }
            let next = self.automaton.row((dispatchable, scope, seen.clone()))?;
            table[state + tag as usize] = next as i32;
            state = next;
        }
        let plan = self.plan_for(dispatchable, scope, tags)?;
        let plans = &mut self.dispatchables[dispatchable as usize].plans;
        let at = plans.iter().position(|known| *known == plan).unwrap_or_else(|| {
            plans.push(plan);
            plans.len() - 1
        });
        let slot = at + 1;
        // A slot that could be taken for the state of a used row stays out of the table: slower, same answer.
        if slot < self.automaton.stride() {
            table[state] = slot as i32;
        }
        Ok(slot as Slot)
    }

    /// Who may run the calls of a slot, in try order, up to the first that certainly does.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn plan(
        &self,
        dispatchable: DispatchableId,
        slot: Slot,
    ) -> Result<&[Candidate], DispatchError> {
        let plans = &self.dispatchable(dispatchable)?.plans;
        let plan = (slot as usize).checked_sub(1).and_then(|at| plans.get(at));
        plan.map(Vec::as_slice).ok_or(DispatchError::NoSuch { kind: "slot", index: slot })
    }

    /// What becomes of every backend for such a call, in try order.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn explain(
        &mut self,
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Vec<(BackendId, Verdict)>, DispatchError> {
        let system = self.dispatchable(dispatchable)?.system;
        let order = self.try_order(system, scope)?;
        let mut known: Vec<Tag> =
            tags.iter().copied().filter(|&tag| self.is_known(system, tag)).collect();
        known.sort_unstable();
        known.dedup();
        Ok(order.into_iter().map(|id| (id, self.judge(id, dispatchable, scope, &known))).collect())
    }

    /// The backends of a system in the order in which a scope tries them, disabled ones last.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn try_order(
        &mut self,
        system: SystemId,
        scope: ScopeId,
    ) -> Result<Vec<BackendId>, DispatchError> {
        let base = self.base_order(system)?;
        let options = self.scope_options(scope)?;
        let own = |id: &&BackendId| self.backends[**id as usize].0 == system;
        let mut order: Vec<BackendId> = options.prioritize.iter().filter(own).copied().collect();
        let disabled = |id: &&BackendId| options.disable.contains(id);
        order.extend(base.iter().filter(|id| !options.prioritize.contains(id) && !disabled(id)));
        order.extend(base.iter().filter(disabled));
        Ok(order)
    }

    /// Starts over on another zeroed table, wide enough for `largest_tag`. All bases and states are new.
    pub fn replace_table(&mut self, capacity: usize, largest_tag: Tag) {
        self.automaton = Automaton::new(capacity, largest_tag);
    }

    /// Entries of the table in use.
    pub fn table_used(&self) -> usize {
        self.automaton.used()
    }

    /// The name of a backend.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn backend_name(&self, id: BackendId) -> Result<&str, DispatchError> {
        Ok(&self.backend(id)?.1.name)
    }

    fn plan_for(
        &mut self,
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Vec<Candidate>, DispatchError> {
        let mut plan = vec![];
        for (_, verdict) in self.explain(dispatchable, scope, tags)? {
            if let Verdict::Runs(candidate) = verdict {
                plan.push(candidate);
                if candidate.is_certain() {
                    break;
                }
            }
        }
        Ok(plan)
    }

    fn judge(
        &self,
        id: BackendId,
        dispatchable: DispatchableId,
        scope: ScopeId,
        known: &[Tag],
    ) -> Verdict {
        let (system, backend) = &self.backends[id as usize];
        let options = self.scopes.get(scope).expect("the caller looked the scope up");
        let exclusive =
            options.exclusive.iter().find(|&&other| self.backends[other as usize].0 == *system);
        let forced = exclusive == Some(&id);
        if exclusive.is_some() && !forced {
            return Verdict::NotChosen;
        }
        if !forced && options.disable.contains(&id) {
            return Verdict::Disabled;
        }
        let Some(&conditional) = self.dispatchables[dispatchable as usize].implementations.get(&id)
        else {
            return Verdict::NotImplemented;
        };
        let prioritized = forced || options.prioritize.contains(&id);
        let candidate = |mode| Candidate { backend: id, mode, prioritized, forced, conditional };
        match backend.types.match_types(known, &self.parents) {
            TypeMatch::Accepted => Verdict::Runs(candidate(Mode::Direct)),
            TypeMatch::Foreign(tag) if !prioritized => Verdict::Foreign(tag),
            TypeMatch::NoPrimary if !prioritized || known.is_empty() => {
                Verdict::NoPrimary(backend.types.primary_names())
            }
            _ => match self.unconvertible(&backend.types, known) {
                None => Verdict::Runs(candidate(Mode::Convert)),
                Some(tag) => Verdict::NoConversion(tag),
            },
        }
    }

    /// A type that keeps a prioritized backend from running by conversion: neither accepted nor convertible, or
    /// any when none would become primary.
    fn unconvertible(&self, types: &BackendTypes, known: &[Tag]) -> Option<Tag> {
        let reaches_primary = |tag: Tag| {
            types.is_primary(tag, &self.parents)
                || self.conversions.path(tag, |to| types.is_primary(to, &self.parents)).is_some()
        };
        let stuck =
            known.iter().find(|&&tag| !types.accepts(tag, &self.parents) && !reaches_primary(tag));
        match stuck {
            Some(&tag) => Some(tag),
            None if known.iter().any(|&tag| reaches_primary(tag)) => None,
            None => known.first().copied(),
        }
    }

    /// Whether a type decides anything in a system: some backend names it or an ancestor, or it can be converted.
    fn is_known(&self, system: SystemId, tag: Tag) -> bool {
        self.converted_types.contains(&tag)
            || self.systems[system as usize].backends.iter().any(|&id| {
                self.backends[id as usize]
                    .1
                    .types
                    .patterns()
                    .any(|pattern| pattern.matches(tag, &self.parents))
            })
    }

    fn base_order(&mut self, system: SystemId) -> Result<Vec<BackendId>, DispatchError> {
        let owner = self.system(system)?;
        if let Some(order) = &owner.order {
            return Ok(order.clone());
        }
        let all: Vec<&Backend> =
            owner.backends.iter().map(|&id| &self.backends[id as usize].1).collect();
        let order: Vec<BackendId> = order::sort(&owner.name, &all, &self.parents)?
            .into_iter()
            .map(|at| owner.backends[at])
            .collect();
        self.systems[system as usize].order = Some(order.clone());
        Ok(order)
    }

    fn changed(&mut self, table: &mut [i32]) {
        for system in &mut self.systems {
            system.order = None;
        }
        self.automaton.invalidate(table);
    }

    fn system(&self, id: SystemId) -> Result<&System, DispatchError> {
        self.systems
            .get(id as usize)
            .ok_or(DispatchError::NoSuch { kind: "backend system", index: id })
    }

    fn backend(&self, id: BackendId) -> Result<&(SystemId, Backend), DispatchError> {
        self.backends.get(id as usize).ok_or(DispatchError::NoSuch { kind: "backend", index: id })
    }

    fn dispatchable(&self, id: DispatchableId) -> Result<&Dispatchable, DispatchError> {
        self.dispatchables
            .get(id as usize)
            .ok_or(DispatchError::NoSuch { kind: "dispatchable", index: id })
    }

    fn scope_options(&self, id: ScopeId) -> Result<&ScopeOptions, DispatchError> {
        self.scopes.get(id).ok_or(DispatchError::NoSuch { kind: "scope", index: id })
    }
}

fn duplicate(system: &str, kind: &'static str, name: &str) -> DispatchError {
    DispatchError::Duplicate { system: system.to_owned(), kind, name: name.to_owned() }
}
