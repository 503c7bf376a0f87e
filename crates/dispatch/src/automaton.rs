//! The table that a host reads to find an implementation without asking: a lazily built automaton whose states
//! are the sets of types seen so far for one dispatchable in one scope.
//!
//! The table is one array of integers with a row of [`Automaton::stride`] entries for each state. A state is the offset of its row:
//! `table[state + tag]` is the state after one more argument of that type, and `table[state]` the slot of the
//! implementation. `0` says "not known yet": the host asks [`crate::Registry::resolve`], which fills the entries
//! on the way. The first two rows stay zero, so that a walk that has met a `0`, or that adds `0` for a missing
//! argument and so takes a slot for a state, ends in `0` as well.
//!
//! Where the number of dispatch arguments is fixed, the last step leads to the slot itself, which spares a look-up:
//! `table[state + tag]` is the slot when `state` is one argument short. The slot of a call that lacks arguments is at
//! `table[state - 1]`, between the rows: `table[state]` stays zero, for walks that add `0` for a missing argument. A
//! call of more arguments is not in the table.

use crate::error::DispatchError;
use crate::id::{DispatchableId, ScopeId};
use crate::tag::Tag;
use std::collections::HashMap;

/// What a state stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// Whose calls pass through it.
    pub dispatchable: DispatchableId,
    /// Where they are made.
    pub scope: ScopeId,
    /// Arguments seen, where their number is fixed; 0 elsewhere, so that any number of equal types is one state.
    pub steps: usize,
    /// The sorted set of types seen.
    pub seen: Vec<Tag>,
}

const RESERVED_ROWS: usize = 2;

/// The smallest row: room for this many tags and slots.
pub const MINIMUM_STRIDE: usize = 256;

/// Entries between rows, a cache line of them, of which only the last is used. Walks meet the same entries of many rows: a
/// power of two apart, these would all fall into the same few sets of a processor's cache, and drive each other out.
const SKEW: usize = 16;

/// Where the states lie in the table. The table's memory is the host's, and is passed to each call.
#[derive(Debug)]
pub struct Automaton {
    stride: usize,
    capacity: usize,
    rows: HashMap<State, usize>,
    /// The rows at which walks begin, by scope and dispatchable; 0 where none was allocated.
    bases: Vec<Vec<usize>>,
}

impl Automaton {
    /// An empty automaton over a zeroed table of `capacity` entries, for tags up to `largest_tag`.
    pub fn new(capacity: usize, largest_tag: Tag) -> Self {
        let stride = (largest_tag as usize + 1).next_power_of_two().max(MINIMUM_STRIDE);
        Self { stride, capacity, rows: HashMap::new(), bases: vec![] }
    }

    /// Entries in a row; tags and slots in the table are smaller.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Entries in use, the reserved ones included.
    pub fn used(&self) -> usize {
        (self.rows.len() + RESERVED_ROWS) * (self.stride + SKEW)
    }

    /// The row of `state`, allocated at first sight.
    ///
    /// # Errors
    /// [`DispatchError::TableFull`] when no row is left.
    pub fn row(&mut self, state: State) -> Result<usize, DispatchError> {
        let next = self.used();
        if let Some(&row) = self.rows.get(&state) {
            return Ok(row);
        }
        if next + self.stride > self.capacity {
            return Err(DispatchError::TableFull);
        }
        if state.steps == 0 && state.seen.is_empty() {
            self.note_base(&state, next);
        }
        self.rows.insert(state, next);
        Ok(next)
    }

    /// The row at which walks begin; 0 where none was allocated.
    pub fn base(&self, dispatchable: DispatchableId, scope: ScopeId) -> usize {
        let base = self.bases.get(scope as usize).and_then(|rows| rows.get(dispatchable as usize));
        base.copied().unwrap_or(0)
    }

    /// The slot at the end of a walk from `base`, read as the host reads it; 0 where the table does not know it yet.
    pub fn walk(&self, table: &[i32], base: usize, tags: &[Tag], fixed: usize) -> i32 {
        if fixed > 0 && tags.len() > fixed {
            return 0;
        }
        let mut state = base;
        for (at, &tag) in tags.iter().enumerate() {
            if state == 0 || tag as usize >= self.stride {
                return 0;
            }
            let next = table[state + tag as usize];
            if at + 1 == fixed {
                return next;
            }
            state = next as usize;
        }
        if state == 0 { 0 } else { table[slot_entry(state, fixed)] }
    }

    fn note_base(&mut self, state: &State, row: usize) {
        let (dispatchable, scope) = (state.dispatchable as usize, state.scope as usize);
        if scope >= self.bases.len() {
            self.bases.resize(scope + 1, vec![]);
        }
        let rows = &mut self.bases[scope];
        if dispatchable >= rows.len() {
            rows.resize(dispatchable + 1, 0);
        }
        rows[dispatchable] = row;
    }

    /// Forgets every transition and slot; states keep their rows.
    pub fn invalidate(&self, table: &mut [i32]) {
        let used = self.used().min(table.len());
        table[..used].fill(0);
    }
}

/// The entry with the slot of calls that end at a state.
pub fn slot_entry(state: usize, fixed: usize) -> usize {
    if fixed > 0 { state - 1 } else { state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn state(dispatchable: DispatchableId, scope: ScopeId, steps: usize, seen: &[Tag]) -> State {
        State { dispatchable, scope, steps, seen: seen.to_vec() }
    }

    #[test]
    fn equal_states_share_a_row() {
        let mut automaton = Automaton::new(16 * MINIMUM_STRIDE, 3);
        let a = automaton.row(state(1, 0, 0, &[2, 3])).unwrap();
        assert_eq!(automaton.row(state(1, 0, 0, &[2, 3])).unwrap(), a);
        assert_ne!(automaton.row(state(1, 1, 0, &[2, 3])).unwrap(), a);
        assert_ne!(automaton.row(state(1, 0, 2, &[2, 3])).unwrap(), a);
        assert!(a >= RESERVED_ROWS * MINIMUM_STRIDE);
    }

    #[test]
    fn a_walk_reads_what_was_written_and_nothing_else() {
        let mut automaton = Automaton::new(16 * MINIMUM_STRIDE, 9);
        let mut table = vec![0; 16 * MINIMUM_STRIDE];
        let base = automaton.row(state(1, 2, 0, &[])).unwrap();
        let end = automaton.row(state(1, 2, 0, &[3])).unwrap();
        assert_eq!(automaton.walk(&table, base, &[3], 0), 0);
        table[base + 3] = end as i32;
        table[end] = 7;
        assert_eq!(automaton.walk(&table, base, &[3], 0), 7);
        assert_eq!(automaton.walk(&table, base, &[4], 0), 0);
        assert_eq!(automaton.walk(&table, base, &[], 0), 0);
        assert_eq!(automaton.walk(&table, 0, &[3], 0), 0);
        assert_eq!(automaton.walk(&table, base, &[MINIMUM_STRIDE as Tag], 0), 0);
        automaton.invalidate(&mut table);
        assert_eq!(automaton.walk(&table, base, &[3], 0), 0);
    }

    #[test]
    fn a_walk_of_a_fixed_number_of_steps_ends_in_the_slot() {
        let mut automaton = Automaton::new(16 * MINIMUM_STRIDE, 9);
        let mut table = vec![0; 16 * MINIMUM_STRIDE];
        let base = automaton.row(state(1, 2, 0, &[])).unwrap();
        let inner = automaton.row(state(1, 2, 1, &[3])).unwrap();
        table[base + 3] = inner as i32;
        table[inner + 4] = 7;
        table[slot_entry(inner, 2)] = 8;
        table[slot_entry(base, 2)] = 9;
        assert_eq!(automaton.walk(&table, base, &[3, 4], 2), 7);
        assert_eq!(automaton.walk(&table, base, &[3], 2), 8);
        assert_eq!(automaton.walk(&table, base, &[], 2), 9);
        assert_eq!(automaton.walk(&table, base, &[3, 5], 2), 0);
        assert_eq!(automaton.walk(&table, base, &[3, 4, 5], 2), 0);
        assert_eq!(automaton.walk(&table, 0, &[], 2), 0);
        automaton.invalidate(&mut table);
        assert!(table.iter().all(|&entry| entry == 0));
    }

    #[test]
    fn walks_begin_where_nothing_was_seen_yet() {
        let mut automaton = Automaton::new(16 * MINIMUM_STRIDE, 9);
        assert_eq!(automaton.base(1, 2), 0);
        let base = automaton.row(state(1, 2, 0, &[])).unwrap();
        automaton.row(state(1, 2, 1, &[])).unwrap();
        assert_eq!(automaton.base(1, 2), base, "a type that decides nothing is a step too");
        assert_eq!(automaton.base(1, 0), 0);
        assert_eq!(automaton.base(0, 2), 0);
    }

    #[test]
    fn a_full_table_is_an_error() {
        let mut automaton = Automaton::new(3 * (MINIMUM_STRIDE + SKEW), 3);
        automaton.row(state(0, 0, 0, &[])).unwrap();
        assert_eq!(automaton.row(state(1, 0, 0, &[])), Err(DispatchError::TableFull));
    }

    #[test]
    fn slots_spread_over_the_sets_of_a_cache() {
        // 64 sets of lines of 64 bytes: the first-level cache of most processors.
        let set = |row: usize| row * size_of::<i32>() / 64 % 64;
        for largest_tag in [3, 300, 5000] {
            let mut automaton = Automaton::new(usize::MAX, largest_tag);
            let sets: HashSet<usize> =
                (0..64).map(|id| set(automaton.row(state(id, 0, 0, &[])).unwrap())).collect();
            assert_eq!(sets.len(), 64, "tags up to {largest_tag}");
        }
    }

    #[test]
    fn rows_are_wide_enough_for_every_tag() {
        assert_eq!(Automaton::new(0, 255).stride(), 256);
        assert_eq!(Automaton::new(0, 256).stride(), 512);
    }
}
