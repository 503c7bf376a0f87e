//! How a call is answered, and the walk that the table keeps of it.

use crate::candidate::{Candidate, Verdict};
use crate::error::DispatchError;
use crate::registry::{DispatchableId, Registry, Slot};
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
