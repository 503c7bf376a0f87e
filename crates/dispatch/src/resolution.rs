//! How a call is answered, and the walk that the table keeps of it.

use crate::automaton::{State, slot_entry};
use crate::candidate::{Candidate, Verdict};
use crate::error::DispatchError;
use crate::id::{DispatchableId, ScopeId, Slot};
use crate::registry::{Registry, no_such};
use crate::system::Dispatchable;
use crate::tag::Tag;

impl Registry {
    /// The slot of a call whose dispatch arguments have these types, in any order: as the table has it, else found
    /// and written into the table.
    ///
    /// # Errors
    /// [`DispatchError::TableFull`] when the host must call [`Registry::replace_table`], or
    /// [`DispatchError::NoSuch`], also for the tag 0.
    pub fn resolve(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Slot, DispatchError> {
        let fixed = self.dispatchable(dispatchable)?.fixed;
        let base = self.automaton.base(dispatchable, scope);
        let known = self.automaton.walk(table, base, tags, fixed);
        if known != 0 {
            return Ok(known as Slot);
        }
        if tags.contains(&0) {
            return Err(no_such("type", 0));
        }
        if fixed > 0 && tags.len() > fixed {
            return self.slot_for(dispatchable, scope, tags);
        }
        let entry = self.way_to_slot(table, dispatchable, scope, tags)?;
        let slot = self.slot_for(dispatchable, scope, tags)?;
        // A slot that could be taken for the state of a used row stays out of the table: slower, same answer.
        if (slot as usize) < self.automaton.stride() {
            table[entry] = slot as i32;
        }
        Ok(slot)
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

    /// Writes the steps of a call into the table. Returns the entry for its slot.
    fn way_to_slot(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<usize, DispatchError> {
        let base = self.base(dispatchable, scope)?;
        let &Dispatchable { system, fixed, .. } = self.dispatchable(dispatchable)?;
        let mut seen: Vec<Tag> = vec![];
        let mut state = base;
        for (at, &tag) in tags.iter().enumerate() {
            if tag as usize >= self.automaton.stride() {
                return Err(DispatchError::TableFull);
            }
            let entry = state + tag as usize;
            if at + 1 == fixed {
                return Ok(entry);
            }
            // A type that decides nothing leads nowhere new, unless steps are counted.
            if self.is_known(system, tag)
                && let Err(at) = seen.binary_search(&tag)
            {
                seen.insert(at, tag);
            }
            let steps = if fixed > 0 { at + 1 } else { 0 };
            let seen = seen.clone();
            state = self.automaton.row(State { dispatchable, scope, steps, seen })?;
            table[entry] = state as i32;
        }
        Ok(slot_entry(state, fixed))
    }

    /// The slot of what may run a call: the same as for other calls that the same may run.
    fn slot_for(
        &mut self,
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Slot, DispatchError> {
        let plan = self.plan_for(dispatchable, scope, tags)?;
        let plans = &mut self.dispatchables[dispatchable as usize].plans;
        let at = plans.iter().position(|known| *known == plan).unwrap_or_else(|| {
            plans.push(plan);
            plans.len() - 1
        });
        Ok(at as Slot + 1)
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
}
