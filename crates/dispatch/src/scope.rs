//! Scopes: which backends the user put first, switched off or made the only one. Equal scopes are one scope, so
//! that entering the same scope a thousand times fills the table once.

use crate::backend::BackendId;
use std::collections::HashMap;

/// Number of a scope within its registry; 0 is the root scope.
pub type ScopeId = u32;

/// The options of a scope, over the backends of all systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ScopeOptions {
    /// Tried first, in this order, with conversion.
    pub prioritize: Vec<BackendId>,
    /// Never tried.
    pub disable: Vec<BackendId>,
    /// The only ones tried, at most one for each system.
    pub exclusive: Vec<BackendId>,
}

impl ScopeOptions {
    /// These options inside `outer`: an inner disable holds, an inner prioritize comes first and re-enables.
    /// `same_system` tells whether two backends belong to one system, as the inner exclusive choice replaces the
    /// outer one of its own system only.
    pub fn within(&self, outer: &Self, same_system: impl Fn(BackendId, BackendId) -> bool) -> Self {
        let disabled = |id: &BackendId| self.disable.contains(id);
        let mut prioritize: Vec<BackendId> = vec![];
        for &id in self.prioritize.iter().chain(&outer.prioritize) {
            if !disabled(&id) && !prioritize.contains(&id) {
                prioritize.push(id);
            }
        }
        let mut disable = self.disable.clone();
        disable.extend(outer.disable.iter().filter(|id| !self.prioritize.contains(id)));
        disable.sort_unstable();
        disable.dedup();
        let mut exclusive = self.exclusive.clone();
        let replaced = |id: BackendId| self.exclusive.iter().any(|&own| same_system(own, id));
        exclusive.extend(outer.exclusive.iter().filter(|&id| !disabled(id) && !replaced(*id)));
        exclusive.sort_unstable();
        Self { prioritize, disable, exclusive }
    }
}

/// The scopes seen so far.
#[derive(Debug)]
pub struct Scopes {
    options: Vec<ScopeOptions>,
    ids: HashMap<ScopeOptions, ScopeId>,
}

impl Default for Scopes {
    fn default() -> Self {
        let root = ScopeOptions::default();
        Self { options: vec![root.clone()], ids: HashMap::from([(root, 0)]) }
    }
}

impl Scopes {
    /// The scope with these options.
    pub fn intern(&mut self, options: ScopeOptions) -> ScopeId {
        *self.ids.entry(options).or_insert_with_key(|options| {
            self.options.push(options.clone());
            self.options.len() as ScopeId - 1
        })
    }

    /// The options of a scope, `None` for a number that was never given out.
    pub fn get(&self, id: ScopeId) -> Option<&ScopeOptions> {
        self.options.get(id as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(prioritize: &[u32], disable: &[u32]) -> ScopeOptions {
        ScopeOptions {
            prioritize: prioritize.to_vec(),
            disable: disable.to_vec(),
            exclusive: vec![],
        }
    }

    #[test]
    fn an_inner_disable_holds_against_an_outer_prioritize() {
        assert_eq!(
            options(&[], &[1]).within(&options(&[1, 2], &[]), |_, _| true),
            options(&[2], &[1])
        );
    }

    #[test]
    fn an_inner_prioritize_comes_first_and_re_enables() {
        assert_eq!(
            options(&[1], &[]).within(&options(&[3], &[1, 2]), |_, _| true),
            options(&[1, 3], &[2])
        );
    }

    #[test]
    fn an_exclusive_choice_replaces_that_of_its_own_system_only() {
        let exclusive =
            |ids: &[u32]| ScopeOptions { exclusive: ids.to_vec(), ..ScopeOptions::default() };
        let same_parity = |a: u32, b: u32| a % 2 == b % 2;
        assert_eq!(exclusive(&[3]).within(&exclusive(&[1, 2]), same_parity), exclusive(&[2, 3]));
    }

    #[test]
    fn a_disable_ends_an_outer_exclusive_choice() {
        let outer = ScopeOptions { exclusive: vec![1], ..ScopeOptions::default() };
        assert_eq!(options(&[], &[1]).within(&outer, |_, _| true), options(&[], &[1]));
    }

    #[test]
    fn a_name_said_twice_counts_once_and_disable_beats_prioritize() {
        assert_eq!(
            options(&[1, 2, 1], &[2]).within(&ScopeOptions::default(), |_, _| true),
            options(&[1], &[2])
        );
    }

    #[test]
    fn equal_scopes_are_one() {
        let mut scopes = Scopes::default();
        let a = scopes.intern(options(&[1], &[]));
        assert_eq!(scopes.intern(options(&[1], &[])), a);
        assert_eq!(scopes.intern(ScopeOptions::default()), 0);
        assert_ne!(a, 0);
    }
}
