/// A pixel that waits to be flooded.
#[derive(Clone, Copy)]
pub struct Flood {
    pub value: f64,
    /// When it came; markers are of age 0.
    pub age: u64,
    pub pixel: u32,
    /// The marker's pixel that it was reached from.
    pub source: u32,
}

impl Flood {
    #[inline(always)]
    fn before(&self, other: &Self) -> bool {
        self.value < other.value || (self.value == other.value && self.age < other.age)
    }
}

/// A binary heap by value, then age. Markers of one value come out as its swaps leave them, which is part of the definition of watershed.
#[derive(Default)]
pub struct FloodQueue {
    heap: Vec<Flood>,
}

impl FloodQueue {
    #[inline(always)]
    pub fn push(&mut self, flood: Flood) {
        let mut child = self.heap.len();
        self.heap.push(flood);
        // What is moved down leaves its place to the new one, which is written once.
        while child > 0 {
            let parent = (child - 1) / 2;
            if !flood.before(&self.heap[parent]) {
                break;
            }
            self.heap[child] = self.heap[parent];
            child = parent;
        }
        self.heap[child] = flood;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<Flood> {
        let moved = self.heap.pop()?;
        let Some(&first) = self.heap.first() else { return Some(moved) };
        let mut parent = 0;
        loop {
            let (left, right) = (2 * parent + 1, 2 * parent + 2);
            if left >= self.heap.len() {
                break;
            }
            let (mut least, mut flood) = (parent, moved);
            if self.heap[left].before(&flood) {
                (least, flood) = (left, self.heap[left]);
            }
            if right < self.heap.len() && self.heap[right].before(&flood) {
                (least, flood) = (right, self.heap[right]);
            }
            if least == parent {
                break;
            }
            self.heap[parent] = flood;
            parent = least;
        }
        self.heap[parent] = moved;
        Some(first)
    }
}
