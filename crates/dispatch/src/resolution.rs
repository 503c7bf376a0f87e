//! How a call is answered: who is tried, who matches, and the walk that the table keeps of it.

use crate::backend::{Backend, BackendId, BackendTypes, TypeMatch};
use crate::candidate::{Candidate, Mode, Verdict};
use crate::error::DispatchError;
use crate::order;
use crate::registry::{DispatchableId, Registry, Slot, SystemId};
use crate::scope::ScopeId;
use crate::tag::Tag;

impl Registry {
    /// The slot of a call whose dispatch arguments have these types, in any order: as the table has it, else found
    /// and written into the table.
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
        let known = self.automaton.walk(table, dispatchable, scope, tags);
        if known != 0 {
            return Ok(known as Slot);
        }
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
                Verdict::NoPrimary { primary: backend.types.primary_names(), prioritized }
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

    /// Whether a type decides anything in a system: some backend names it, an ancestor, or what it converts to.
    fn is_known(&self, system: SystemId, tag: Tag) -> bool {
        let named = |tag: Tag| {
            self.systems[system as usize].backends.iter().any(|&id| {
                let (_, backend) = &self.backends[id as usize];
                backend.types.patterns().any(|pattern| pattern.matches(tag, &self.parents))
            })
        };
        named(tag) || self.conversions.path(tag, named).is_some()
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
}
