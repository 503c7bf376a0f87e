//! The order outside all scopes.

use super::World;
use tagswitch_dispatch::*;

impl World {
    /// The edges of the environment's order that count, and those that close a circle with them.
    pub fn environment_order(&self) -> (Vec<OrderEdge>, Vec<OrderEdge>) {
        let (mut kept, mut ignored): (Vec<OrderEdge>, Vec<OrderEdge>) = (vec![], vec![]);
        for edge in &self.environment.order {
            if names_after(&kept, &edge.after).contains(&edge.before) {
                ignored.push(edge.clone());
            } else {
                kept.push(edge.clone());
            }
        }
        (kept, ignored)
    }

    /// The backends in order; nothing where declarations go round in a circle.
    pub fn order(&self) -> Option<Vec<usize>> {
        let seed = self.seed();
        let (environment, _) = self.environment_order();
        let mut edges = vec![];
        let mut declared = vec![];
        let mut specific = vec![];
        for &a in &seed {
            let after = names_after(&environment, &self.backends[a].name);
            for &b in seed.iter().filter(|&&b| b != a) {
                let (first, last) = (&self.backends[a], &self.backends[b]);
                let before = names_after(&environment, &last.name).contains(&first.name);
                if after.contains(&last.name) {
                    edges.push((a, b));
                } else if !before
                    && (first.higher_priority_than.contains(&last.name)
                        || last.lower_priority_than.contains(&first.name))
                {
                    declared.push((a, b));
                }
                if self.is_more_specific(a, b) {
                    specific.push((a, b));
                }
            }
        }
        if declared.iter().any(|&(a, b)| leads(&declared, b, a)) {
            return None;
        }
        let mirrored = specific.clone();
        specific.retain(|&(a, b)| !leads(&mirrored, b, a));
        for (a, b) in declared.into_iter().chain(specific) {
            if !leads(&edges, b, a) {
                edges.push((a, b));
            }
        }
        let mut order: Vec<usize> = vec![];
        while order.len() < seed.len() {
            let waits = |b: usize| edges.iter().any(|&(a, c)| c == b && !order.contains(&a));
            let next = seed.iter().find(|&&at| !order.contains(&at) && !waits(at));
            order.push(*next.expect("no circle is left"));
        }
        Some(order)
    }

    fn seed(&self) -> Vec<usize> {
        let mut found: Vec<usize> = vec![];
        let mut names: Vec<&str> = self.backends.iter().map(|b| b.name.as_str()).collect();
        names.sort_unstable();
        for structural in [false, true] {
            let mut take = |name: &str, wanted: &dyn Fn(&Backend) -> bool| {
                let at = self.backends.iter().position(|b| b.name == name).unwrap();
                let backend = &self.backends[at];
                let primary = backend.types.primary();
                let is_structural = primary.iter().any(|p| p.admits == Admits::Structural);
                if is_structural == structural && wanted(backend) && !found.contains(&at) {
                    found.push(at);
                }
            };
            for backend in &self.backends {
                take(&backend.name, &|b| b.name == "default");
            }
            for backend in &self.backends {
                take(&backend.name, &|b| !b.discovered);
            }
            for name in &names {
                take(name, &|b| b.discovered);
            }
        }
        found
    }

    fn is_more_specific(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.backends[a].types, &self.backends[b].types);
        let ours: Vec<Tag> = a.primary().iter().map(|p| p.tag).collect();
        let theirs: Vec<Tag> = b.patterns().map(|p| p.tag).collect();
        if ours.is_empty() {
            return false;
        }
        if *b == BackendTypes::Any {
            return true;
        }
        let is_theirs = |tag: Tag| {
            theirs.contains(&tag)
                || b.patterns().any(|p| p.admits == Admits::Subclasses && self.takes(p, tag))
        };
        let is_subset = ours.iter().all(|&tag| is_theirs(tag));
        let is_strict = theirs.iter().any(|tag| !ours.contains(tag));
        let reach = |types: &mut dyn Iterator<Item = &TypePattern>, tag: Tag| {
            types.filter(|p| p.tag == tag).map(|p| p.admits).max()
        };
        let both = ours.iter().filter(|tag| theirs.contains(tag));
        let reaches: Vec<_> = both
            .map(|&tag| (reach(&mut a.primary().iter(), tag), reach(&mut b.patterns(), tag)))
            .collect();
        let reaches_farther = reaches.iter().all(|(here, there)| there >= here)
            && reaches.iter().any(|(here, there)| there > here);
        is_subset && (is_strict || reaches_farther)
    }
}

/// The name and all that the order puts after it.
fn names_after(edges: &[OrderEdge], name: &str) -> Vec<String> {
    let mut found = vec![name.to_owned()];
    for edge in edges.iter().filter(|edge| edge.before == name) {
        found.extend(names_after(edges, &edge.after));
    }
    found
}

/// Whether edges lead from one backend to another.
fn leads(edges: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    for _ in 0..edges.len() {
        for &(a, b) in edges {
            if reached.contains(&a) && !reached.contains(&b) {
                reached.push(b);
            }
        }
    }
    reached.contains(&to)
}
