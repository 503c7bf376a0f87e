//! Union-find in a table that has of each element its parent, which is never greater than the element.

/// In a table: belongs to no region.
pub const NONE: u32 = u32::MAX;

/// The element that stands for all joined with this one.
#[inline(always)]
pub fn root(parents: &mut [u32], mut element: u32) -> u32 {
    loop {
        let parent = parents[element as usize];
        if parent == element {
            return element;
        }
        let grandparent = parents[parent as usize];
        parents[element as usize] = grandparent;
        element = grandparent;
    }
}

/// Joins two elements; returns the one that stands for both.
#[inline(always)]
pub fn union(parents: &mut [u32], a: u32, b: u32) -> u32 {
    let (a, b) = (root(parents, a), root(parents, b));
    let (low, high) = (a.min(b), a.max(b));
    parents[high as usize] = low;
    low
}

/// Puts the final number of its region in the place of each element, from 1 in the order of the least of those joined, 0 for
/// [`NONE`]; returns how many there are.
#[inline(always)]
pub fn number(parents: &mut [u32]) -> usize {
    let mut count = 0;
    for element in 0..parents.len() {
        let parent = parents[element];
        let is_root = parent == element as u32;
        count += u32::from(is_root);
        // Lesser elements, the parent among them, have their numbers already.
        let known = parents[(parent as usize).min(element)];
        let joined = if parent == NONE { 0 } else { known };
        parents[element] = if is_root { count } else { joined };
    }
    count as usize
}

/// Such a table that grows by one region after the other.
#[derive(Default)]
pub struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    /// A new region of its own.
    #[inline(always)]
    pub fn grow(&mut self) -> u32 {
        let region = self.parents.len() as u32;
        self.parents.push(region);
        region
    }

    /// As [`root`].
    #[inline(always)]
    pub fn root(&mut self, region: u32) -> u32 {
        root(&mut self.parents, region)
    }

    /// As [`union`].
    #[inline(always)]
    pub fn union(&mut self, a: u32, b: u32) -> u32 {
        union(&mut self.parents, a, b)
    }

    /// The final number of every region, as [`number`] gives it, and how many there are.
    pub fn number(mut self) -> (Vec<u32>, usize) {
        let count = number(&mut self.parents);
        (self.parents, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_the_least_region() {
        let mut forest = Forest::default();
        for region in 0..6 {
            assert_eq!(forest.grow(), region);
        }
        assert_eq!(forest.union(5, 3), 3);
        assert_eq!(forest.union(4, 5), 3);
        assert_eq!(forest.union(1, 4), 1);
        assert_eq!(forest.root(5), 1);
        assert_eq!(forest.number(), (vec![1, 2, 3, 2, 2, 2], 3));
    }

    #[test]
    fn what_belongs_to_none_has_no_number() {
        let mut parents = [NONE, 1, NONE, 1, 4, 3, NONE];
        assert_eq!(number(&mut parents), 2);
        assert_eq!(parents, [0, 1, 0, 1, 2, 1, 0]);
    }
}
