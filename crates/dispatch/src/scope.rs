//! Scopes: which backends the user put first, switched off or made the only one. Equal scopes are one scope, so
//! that entering the same scope a thousand times fills the table once.

use crate::id::{BackendId, DispatchableId, GroupId, ScopeId, SystemId};
use crate::tag::Tag;
use std::collections::HashMap;

/// For which calls a backend is put first. The more special ones go first within one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Those of one function.
    Function(DispatchableId),
    /// Those of the functions of a group.
    Group(GroupId),
    /// All.
    All,
}

impl Target {
    fn rank(self) -> u8 {
        match self {
            Self::Function(_) => 0,
            Self::Group(_) => 1,
            Self::All => 2,
        }
    }
}

/// The options of a scope, over the backends of all systems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ScopeOptions {
    /// Tried first, with conversion: those for a function before those for its group before those for all, each
    /// in this order.
    pub prioritize: Vec<(Target, BackendId)>,
    /// Never tried.
    pub disable: Vec<BackendId>,
    /// The only ones tried, at most one for each system.
    pub exclusive: Vec<BackendId>,
    /// A type for each system that counts among those of every call's arguments, whether a backend names it or not.
    pub types: Vec<(SystemId, Tag)>,
}

impl ScopeOptions {
    /// These options inside `outer`: an inner disable holds, an inner prioritize comes first and re-enables, for its
    /// target only. `same_system` tells whether two backends belong to one system, as the inner exclusive choice
    /// replaces the outer one of its own system only.
    ///
    /// A backend that is both disabled and put first here was put first inside the scope that disabled it.
    pub(crate) fn within(
        mut self,
        outer: &Self,
        same_system: impl Fn(BackendId, BackendId) -> bool,
    ) -> Self {
        self.prioritize.sort_by_key(|(target, _)| target.rank());
        let mut prioritize: Vec<(Target, BackendId)> = vec![];
        for &(target, id) in self.prioritize.iter().chain(&outer.prioritize) {
            let said =
                prioritize.contains(&(Target::All, id)) || prioritize.contains(&(target, id));
            if !said && !self.disable.contains(&id) {
                prioritize.push((target, id));
            }
        }
        let mut exclusive = self.exclusive.clone();
        let replaced = |id: BackendId| self.exclusive.iter().any(|&own| same_system(own, id));
        let ended = |id: BackendId| self.disable.contains(&id) || replaced(id);
        exclusive.extend(outer.exclusive.iter().filter(|&&id| !ended(id)));
        exclusive.sort_unstable();
        let mut disable = self.disable;
        let enabled = |id: BackendId| self.prioritize.contains(&(Target::All, id));
        disable.extend(outer.disable.iter().filter(|&&id| !enabled(id)));
        disable.sort_unstable();
        disable.dedup();
        let mut types = self.types;
        let kept =
            outer.types.iter().filter(|(system, _)| types.iter().all(|(own, _)| own != system));
        let kept: Vec<(SystemId, Tag)> = kept.copied().collect();
        types.extend(kept);
        types.sort_unstable();
        types.dedup_by_key(|(system, _)| *system);
        Self { prioritize, disable, exclusive, types }
    }

    /// The type that the scope adds to the calls of a system.
    pub(crate) fn type_of(&self, system: SystemId) -> Option<Tag> {
        self.types.iter().find(|(own, _)| *own == system).map(|&(_, tag)| tag)
    }
}

/// The scopes seen so far.
#[derive(Debug)]
pub(crate) struct Scopes {
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
            prioritize: prioritize.iter().map(|&id| (Target::All, id)).collect(),
            disable: disable.to_vec(),
            ..ScopeOptions::default()
        }
    }

    fn exclusive(ids: &[u32]) -> ScopeOptions {
        ScopeOptions { exclusive: ids.to_vec(), ..ScopeOptions::default() }
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
    fn a_prioritize_for_one_function_re_enables_for_it_alone() {
        let one = ScopeOptions { prioritize: vec![(Target::Function(7), 1)], ..Default::default() };
        let inner = one.clone().within(&options(&[], &[1]), |_, _| true);
        assert_eq!(inner, ScopeOptions { disable: vec![1], ..one });
    }

    #[test]
    fn the_more_special_target_goes_first() {
        let (f, group) = (Target::Function(7), Target::Group(3));
        let given = vec![(Target::All, 1), (group, 2), (f, 3), (f, 1)];
        let sorted = vec![(f, 3), (f, 1), (group, 2), (Target::All, 1)];
        let options = ScopeOptions { prioritize: given, ..Default::default() };
        let inner = options.within(&ScopeOptions::default(), |_, _| true);
        assert_eq!(inner.prioritize, sorted);
    }

    #[test]
    fn an_exclusive_choice_replaces_that_of_its_own_system_only() {
        let same_parity = |a: u32, b: u32| a % 2 == b % 2;
        assert_eq!(exclusive(&[3]).within(&exclusive(&[1, 2]), same_parity), exclusive(&[2, 3]));
    }

    #[test]
    fn a_disable_ends_an_outer_exclusive_choice() {
        assert_eq!(options(&[], &[1]).within(&exclusive(&[1]), |_, _| true), options(&[], &[1]));
    }

    #[test]
    fn a_name_said_twice_counts_once_and_disable_beats_prioritize() {
        assert_eq!(
            options(&[1, 2, 1], &[2]).within(&ScopeOptions::default(), |_, _| true),
            options(&[1], &[2])
        );
    }

    #[test]
    fn an_omitted_type_keeps_the_outer_one() {
        let typed =
            |types: &[(u32, u32)]| ScopeOptions { types: types.to_vec(), ..Default::default() };
        let outer = typed(&[(0, 5), (1, 6)]);
        assert_eq!(options(&[], &[]).within(&outer, |_, _| true), outer);
        assert_eq!(typed(&[(0, 7)]).within(&outer, |_, _| true), typed(&[(0, 7), (1, 6)]));
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
