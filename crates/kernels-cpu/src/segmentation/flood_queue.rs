/// When a pixel's turn to be flooded comes: by value, then by age. One that is not before another, nor after it, comes as the queue has it.
pub trait Turn: Copy {
    /// What the image says of a pixel.
    type Value: Copy + PartialOrd;

    /// That of a pixel of this value which came as the `age`th; markers are of age 0.
    fn new(value: Self::Value, age: u64) -> Self;
    /// The value again.
    fn value(self) -> Self::Value;
    /// Whether it comes before another.
    fn before(self, other: Self) -> bool;

    /// Which of two comes before a third and, if both do, before the other.
    #[inline(always)]
    fn first([one, other]: [Self; 2], third: Self) -> Option<usize> {
        if one.before(third) {
            Some(usize::from(other.before(one)))
        } else {
            other.before(third).then_some(1)
        }
    }
}

/// For any values, NaN among them.
impl Turn for (f64, u64) {
    type Value = f64;

    #[inline(always)]
    fn new(value: f64, age: u64) -> Self {
        (value, age)
    }

    #[inline(always)]
    fn value(self) -> f64 {
        self.0
    }

    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self.0 < other.0 || (self.0 == other.0 && self.1 < other.1)
    }
}

/// For values by their rank, and ages below 2³²: one comparison of integers, in half the memory.
impl Turn for u64 {
    type Value = u32;

    #[inline(always)]
    fn new(value: u32, age: u64) -> Self {
        Self::from(value) << 32 | age
    }

    #[inline(always)]
    fn value(self) -> u32 {
        (self >> 32) as u32
    }

    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self < other
    }

    /// Without branches on what nobody foresees.
    #[inline(always)]
    fn first([one, other]: [Self; 2], third: Self) -> Option<usize> {
        (one.min(other) < third).then(|| usize::from(other < one))
    }
}

/// A pixel that waits to be flooded.
#[derive(Clone, Copy)]
pub struct Flood<T> {
    pub turn: T,
    pub pixel: u32,
    /// The marker's pixel that it was reached from.
    pub source: u32,
}

/// A binary heap by turn. Markers of one value come out as its swaps leave them, which is part of the definition of watershed.
pub struct FloodQueue<T> {
    heap: Vec<Flood<T>>,
}

impl<T: Turn> FloodQueue<T> {
    pub fn new() -> Self {
        Self { heap: Vec::new() }
    }

    #[inline(always)]
    pub fn push(&mut self, flood: Flood<T>) {
        let mut child = self.heap.len();
        self.heap.push(flood);
        // What is moved down leaves its place to the new one, which is written once.
        while child > 0 {
            let parent = (child - 1) / 2;
            if !flood.turn.before(self.heap[parent].turn) {
                break;
            }
            self.heap[child] = self.heap[parent];
            child = parent;
        }
        self.heap[child] = flood;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<Flood<T>> {
        let moved = self.heap.pop()?;
        let Some(&first) = self.heap.first() else { return Some(moved) };
        let mut parent = 0;
        loop {
            let left = 2 * parent + 1;
            let child = match self.heap.get(left..) {
                Some([one, other, ..]) => match T::first([one.turn, other.turn], moved.turn) {
                    Some(first) => left + first,
                    None => break,
                },
                Some([one]) if one.turn.before(moved.turn) => left,
                _ => break,
            };
            self.heap[parent] = self.heap[child];
            parent = child;
        }
        self.heap[parent] = moved;
        Some(first)
    }
}
