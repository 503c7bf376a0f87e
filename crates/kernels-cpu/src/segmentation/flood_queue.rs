use crate::prefetch::prefetch;

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

/// For values by their level, and ages below 2³²: one comparison of integers, in half the memory.
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

/// What waits in a [`FloodQueue`].
pub trait Waiting: Copy {
    /// Whether it comes before another.
    fn before(self, other: Self) -> bool;
    /// Which of two comes before a third and, if both do, before the other.
    fn first(two: [Self; 2], third: Self) -> Option<usize>;
}

/// A pixel that waits to be flooded.
#[derive(Clone, Copy)]
pub struct Flood<T> {
    pub turn: T,
    pub pixel: u32,
    /// The marker's pixel that it was reached from.
    pub source: u32,
}

impl<T: Turn> Waiting for Flood<T> {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self.turn.before(other.turn)
    }

    #[inline(always)]
    fn first(two: [Self; 2], third: Self) -> Option<usize> {
        T::first(two.map(|flood| flood.turn), third.turn)
    }
}

/// A pixel by the level that it waits at, and the number that it waits under: markers have some of their own, all of which come at once.
#[derive(Clone, Copy)]
pub struct Ticket(u64);

impl Ticket {
    /// In numbers: whether it is no marker's.
    const LATER: u32 = 1 << 31;
    /// How many numbers there are.
    pub const NUMBERS: usize = Self::LATER as usize;

    /// That of a marker.
    pub fn of_marker(level: u32, number: u32) -> Self {
        Self(u64::from(level) << 32 | u64::from(number))
    }

    /// That of a pixel which was reached when so many had been, markers among them.
    #[inline(always)]
    pub fn of_reached(level: u32, number: u32) -> Self {
        Self::of_marker(level, number | Self::LATER)
    }

    pub fn level(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// How many had been reached, or of the marker.
    #[inline(always)]
    pub fn number(self) -> u32 {
        self.0 as u32 & !Self::LATER
    }

    /// Whether it is a marker's.
    pub fn is_marker(self) -> bool {
        self.0 as u32 & Self::LATER == 0
    }

    /// What is compared: markers of one level are equal.
    #[inline(always)]
    fn turn(self) -> u64 {
        let is_later = self.0 as i32 >> 31;
        self.0 & (u64::from(u32::MAX) << 32 | u64::from(is_later.cast_unsigned()))
    }
}

impl Waiting for Ticket {
    #[inline(always)]
    fn before(self, other: Self) -> bool {
        self.turn() < other.turn()
    }

    /// Without branches on what nobody foresees.
    #[inline(always)]
    fn first(two: [Self; 2], third: Self) -> Option<usize> {
        let [one, other] = two.map(Self::turn);
        (one.min(other) < third.turn()).then(|| usize::from(other < one))
    }
}

/// A binary heap by turn. Markers of one value come out as its swaps leave them, which is part of the definition of watershed.
pub struct FloodQueue<W> {
    heap: Vec<W>,
}

impl<W: Waiting> FloodQueue<W> {
    pub fn new() -> Self {
        Self { heap: Vec::new() }
    }

    /// What comes next, unless something is pushed that comes before it.
    #[inline(always)]
    pub fn peek(&self) -> Option<W> {
        self.heap.first().copied()
    }

    /// All that wait, in order.
    pub fn into_sorted(mut self) -> Vec<W> {
        let order = |a: &W, b: &W| b.before(*a).cmp(&a.before(*b));
        self.heap.sort_unstable_by(order);
        self.heap
    }

    #[inline(always)]
    pub fn push(&mut self, new: W) {
        let mut child = self.heap.len();
        self.heap.push(new);
        // What is moved down leaves its place to the new one, which is written once.
        while child > 0 {
            let parent = (child - 1) / 2;
            if !new.before(self.heap[parent]) {
                break;
            }
            self.heap[child] = self.heap[parent];
            child = parent;
        }
        self.heap[child] = new;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<W> {
        let moved = self.heap.pop()?;
        let Some(&first) = self.heap.first() else { return Some(moved) };
        let mut parent = 0;
        loop {
            // The way leads through one of these next: further down they are in no near cache.
            prefetch(&self.heap, 8 * parent + 7);
            prefetch(&self.heap, 8 * parent + 14);
            let left = 2 * parent + 1;
            let child = match self.heap.get(left..) {
                Some(&[one, other, ..]) => match W::first([one, other], moved) {
                    Some(first) => left + first,
                    None => break,
                },
                Some(&[one]) if one.before(moved) => left,
                _ => break,
            };
            self.heap[parent] = self.heap[child];
            parent = child;
        }
        self.heap[parent] = moved;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn tickets_come_as_floods_do() {
        let mut random = Random::new(17);
        for levels in [1, 2, 30] {
            let (mut tickets, mut floods) = (FloodQueue::new(), FloodQueue::new());
            for marker in 0..50 {
                let level = random.below(levels);
                tickets.push(Ticket::of_marker(level, marker));
                let turn = <u64 as Turn>::new(level, 0);
                floods.push(Flood { turn, pixel: marker, source: 0 });
            }
            let mut pixel = 50;
            for turn in 0..400 {
                while turn < 200 && random.below(3) > 0 {
                    let level = floods.peek().map_or(0, |flood| flood.turn.value());
                    let level = level + random.below(levels);
                    tickets.push(Ticket::of_reached(level, pixel));
                    let turn = <u64 as Turn>::new(level, u64::from(pixel));
                    floods.push(Flood { turn, pixel, source: 0 });
                    pixel += 1;
                }
                let (ticket, flood) = (tickets.pop(), floods.pop());
                assert_eq!(ticket.map(Ticket::number), flood.map(|flood| flood.pixel));
                assert_eq!(ticket.map(Ticket::level), flood.map(|flood| flood.turn.value()));
            }
        }
    }
}
