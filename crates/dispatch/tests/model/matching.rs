//! Which values a type takes in, and which types decide anything.

use super::World;
use tagswitch_dispatch::*;

impl World {
    pub fn accepts(&self, backend: usize, tag: Tag) -> bool {
        self.backends[backend].types.patterns().any(|pattern| self.takes(pattern, tag))
    }

    pub fn is_primary(&self, backend: usize, tag: Tag) -> bool {
        self.backends[backend].types.primary().iter().any(|pattern| self.takes(pattern, tag))
    }

    /// Whether registered conversions lead from a type to one of the backend's primary types.
    pub fn converts(&self, backend: usize, tag: Tag) -> bool {
        self.reachable(tag).into_iter().any(|tag| self.is_primary(backend, tag))
    }

    /// Whether a backend names the type, a class that it counts as, or what it can be converted to.
    pub fn is_known(&self, tag: Tag) -> bool {
        let named = |tag: Tag| {
            self.backends.iter().any(|backend| {
                backend.types.patterns().any(|pattern| {
                    self.takes(pattern, tag) || self.ancestors(tag, true).contains(&pattern.tag)
                })
            })
        };
        named(tag) || self.reachable(tag).into_iter().any(named)
    }

    pub fn takes(&self, pattern: &TypePattern, tag: Tag) -> bool {
        match pattern.admits {
            Admits::Exact => tag == pattern.tag,
            Admits::Type => self.ancestors(tag, true).contains(&pattern.tag),
            Admits::Subclasses => self.ancestors(tag, false).contains(&pattern.tag),
            Admits::Structural => tag == pattern.tag || self.members.contains(&(tag, pattern.tag)),
        }
    }

    /// A type and what its class extends, all the way or as far as no class has an identifier of its own.
    pub fn ancestors(&self, tag: Tag, only_implicit: bool) -> Vec<Tag> {
        // An edge that closes a circle with those before it does not count.
        let mut edges: Vec<(Tag, Tag, bool)> = vec![];
        for &(child, parent, implicit) in &self.parents {
            if !climb(&edges, parent, false).contains(&child) {
                edges.push((child, parent, implicit));
            }
        }
        climb(&edges, tag, only_implicit)
    }

    /// What conversions make of a value, which are those of the types that it counts as.
    fn reachable(&self, tag: Tag) -> Vec<Tag> {
        let sources = self.ancestors(tag, true);
        let mut reached = sources.clone();
        for _ in 0..self.conversions.len() {
            for &(from, to) in &self.conversions {
                if reached.contains(&from) && !reached.contains(&to) {
                    reached.push(to);
                }
            }
        }
        reached.retain(|tag| !sources.contains(tag));
        reached
    }
}

fn climb(edges: &[(Tag, Tag, bool)], tag: Tag, only_implicit: bool) -> Vec<Tag> {
    let mut found = vec![tag];
    for &(child, parent, implicit) in edges {
        if child == tag && (implicit || !only_implicit) {
            found.extend(climb(edges, parent, only_implicit));
        }
    }
    found
}
