/// Union-find; a parent is never greater than its child.
#[derive(Default)]
pub struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    #[inline(always)]
    /// A new region of its own.
    pub fn grow(&mut self) -> u32 {
        let region = self.parents.len() as u32;
        self.parents.push(region);
        region
    }

    #[inline(always)]
    /// The region that stands for all joined with this one.
    pub fn root(&mut self, mut region: u32) -> u32 {
        loop {
            let parent = self.parents[region as usize];
            if parent == region {
                return region;
            }
            let grandparent = self.parents[parent as usize];
            self.parents[region as usize] = grandparent;
            region = grandparent;
        }
    }

    #[inline(always)]
    /// Joins two regions; returns the one that stands for both.
    pub fn union(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parents[high as usize] = low;
        low
    }

    /// The final number of every region, from 1 in the order of the least of those joined, and how many there are.
    pub fn number(self) -> (Vec<u32>, usize) {
        let mut numbers = self.parents;
        let mut count = 0;
        for region in 0..numbers.len() {
            let parent = numbers[region] as usize;
            // Smaller regions, the parent among them, have their numbers already.
            numbers[region] = if parent == region {
                count += 1;
                count
            } else {
                numbers[parent]
            };
        }
        (numbers, count as usize)
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
}
