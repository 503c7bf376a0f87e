//! Conversions between types: which are registered, and the cheapest way from one type to another.

use crate::tag::Tag;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// The registered conversions, as a graph whose edges carry their declared cost.
#[derive(Debug, Default)]
pub struct Conversions {
    edges: HashMap<Tag, Vec<(Tag, u32)>>,
}

impl Conversions {
    /// Adds a conversion, or replaces the cost of the one that is there.
    pub fn add(&mut self, from: Tag, to: Tag, cost: u32) {
        let edges = self.edges.entry(from).or_default();
        match edges.iter_mut().find(|(target, _)| *target == to) {
            Some(edge) => edge.1 = cost,
            None => edges.push((to, cost)),
        }
    }

    /// The cheapest path from one of `sources`, as all of which a value counts, to another type that `accepts` holds for,
    /// both ends included (Dijkstra; equal costs fall to the smaller tag). `None` without a path.
    pub fn path(&self, sources: &[Tag], accepts: impl Fn(Tag) -> bool) -> Option<Vec<Tag>> {
        let mut best: HashMap<Tag, (u64, Tag)> =
            sources.iter().map(|&from| (from, (0, from))).collect();
        let mut queue: BinaryHeap<_> = sources.iter().map(|&from| Reverse((0u64, from))).collect();
        while let Some(Reverse((cost, at))) = queue.pop() {
            if cost > best[&at].0 {
                continue;
            }
            if !sources.contains(&at) && accepts(at) {
                let mut path = vec![at];
                while !sources.contains(&path[path.len() - 1]) {
                    path.push(best[&path[path.len() - 1]].1);
                }
                path.reverse();
                return Some(path);
            }
            for &(next, step) in self.edges.get(&at).into_iter().flatten() {
                let total = cost + u64::from(step);
                if best.get(&next).is_none_or(|&(known, _)| total < known) {
                    best.insert(next, (total, at));
                    queue.push(Reverse((total, next)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_path_wins_over_the_shortest() {
        let mut conversions = Conversions::default();
        conversions.add(1, 4, 10);
        conversions.add(1, 2, 3);
        conversions.add(2, 4, 3);
        assert_eq!(conversions.path(&[1], |tag| tag == 4), Some(vec![1, 2, 4]));
        conversions.add(1, 4, 5);
        assert_eq!(conversions.path(&[1], |tag| tag == 4), Some(vec![1, 4]));
    }

    #[test]
    fn a_path_begins_at_whichever_source_is_nearest() {
        let mut conversions = Conversions::default();
        conversions.add(2, 4, 3);
        conversions.add(3, 4, 1);
        conversions.add(3, 2, 1);
        assert_eq!(conversions.path(&[1, 2, 3], |tag| tag == 4), Some(vec![3, 4]));
        assert_eq!(conversions.path(&[1, 2, 3], |tag| tag == 2), None);
    }

    #[test]
    fn no_path_is_none_and_cycles_end() {
        let mut conversions = Conversions::default();
        conversions.add(1, 2, 1);
        conversions.add(2, 1, 1);
        assert_eq!(conversions.path(&[1], |tag| tag == 9), None);
        assert_eq!(conversions.path(&[1], |tag| tag == 1), None);
    }
}
