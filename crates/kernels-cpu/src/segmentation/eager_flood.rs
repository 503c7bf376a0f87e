use super::flood_queue::{FloodQueue, Ticket};
use super::level_queue::LevelQueue;
use super::padded::Padded;
use crate::prefetch::prefetch;

/// Floods from markers, by the levels of an image, where pixels belong to the first that reaches them.
///
/// Only markers of one level have no order by age: they leave a heap as its swaps have it. So all wait in queues by level, which take a
/// fraction of a heap's time. Where the order of markers turns out to matter the flood begins again, with a heap until the last of those in
/// question has left, and where it still does, with a heap for all of them.
///
/// `labels` holds the markers, and then the regions. Those outside of what is open count for nothing.
pub fn flood_eagerly(
    padded: Padded,
    levels: &[u32],
    is_open: impl Fn(usize) -> bool,
    neighbours: &[isize],
    labels: &mut [i32],
) {
    let mut cells = vec![Cell { reached: CLOSED, ..Cell::default() }; padded.len()];
    let mut heaped = None;
    loop {
        for (i, pixel) in padded.pixels().enumerate() {
            if is_open(i) {
                cells[pixel] = Cell { level: levels[i], label: labels[i], reached: OPEN };
            }
        }
        let mut flood = EagerFlood { cells: &mut cells, neighbours, pitch: padded.pitch() };
        let is_marker = |&pixel: &usize| flood.cells[pixel].label != 0;
        let markers: Vec<u32> =
            padded.pixels().filter(is_marker).map(|pixel| pixel as u32).collect();
        let queue = flood.by_heap(markers, heaped);
        match flood.by_levels(queue) {
            None => break,
            Some(level) => heaped = Some(if heaped.is_none() { level } else { u32::MAX }),
        }
    }
    for (label, pixel) in labels.iter_mut().zip(padded.pixels()) {
        *label = cells[pixel].label;
    }
}

/// A pixel, or one of the frame around the image.
#[derive(Clone, Copy, Default)]
struct Cell {
    level: u32,
    /// 0 until it is reached.
    label: i32,
    /// In which turn; or one of those below.
    reached: u32,
}

/// A marker, or what may be reached.
const OPEN: u32 = 0;
/// Reached when the order of those before it was known.
const SETTLED: u32 = u32::MAX - 1;
/// What may not be reached.
const CLOSED: u32 = u32::MAX;

struct EagerFlood<'a> {
    cells: &'a mut [Cell],
    neighbours: &'a [isize],
    pitch: usize,
}

impl EagerFlood<'_> {
    /// Floods by a heap until no marker waits of a level up to this, if there is one, and returns what waits then, in order.
    fn by_heap(&mut self, markers: Vec<u32>, heaped: Option<u32>) -> LevelQueue {
        let mut queue = LevelQueue::new();
        let mut heap = FloodQueue::new();
        let is_heaped = |level: u32| heaped.is_some_and(|most| level <= most);
        let mut waiting = 0;
        for (&pixel, number) in markers.iter().zip(0..) {
            let level = self.cells[pixel as usize].level;
            waiting += usize::from(is_heaped(level));
            match heaped {
                Some(_) => heap.push(Ticket::of_marker(level, number)),
                None => queue.push(level, pixel),
            }
        }
        // Pixels by the numbers under which they wait.
        let mut numbered = markers;
        while waiting > 0
            && let Some(ticket) = heap.pop()
        {
            let pixel = numbered[ticket.number() as usize];
            if let Some(next) = heap.peek() {
                self.prefetch(numbered[next.number() as usize]);
            }
            waiting -= usize::from(ticket.is_marker() && is_heaped(ticket.level()));
            self.reach(pixel, ticket.level(), SETTLED, |level, neighbour| {
                heap.push(Ticket::of_reached(level, numbered.len() as u32));
                numbered.push(neighbour);
            });
        }
        for ticket in heap.into_sorted() {
            queue.push(ticket.level(), numbered[ticket.number() as usize]);
        }
        queue
    }

    /// Floods on, with a queue for each level, and returns the greatest level whose markers' order matters to what they reach, if there is one.
    ///
    /// What waits at one level and was reached in one turn has its own turn together. Which turns there are and who has his in which is the
    /// same for every order of markers, and so are labels, unless in one turn a pixel is reached from two of different labels. That is seen:
    /// the later of the two finds the pixel reached in this turn.
    fn by_levels(&mut self, mut queue: LevelQueue) -> Option<u32> {
        // Of each turn the level of the markers that it comes from; what is open has none.
        let mut sources = vec![0];
        let mut together = None;
        let mut matters = None;
        while let Some((level, pixel)) = queue.pop(|soon| self.prefetch(soon)) {
            let reached = self.cells[pixel as usize].reached;
            if reached != SETTLED && together != Some((level, reached)) {
                together = Some((level, reached));
                sources.push(if reached == OPEN { level } else { sources[reached as usize] });
            }
            let turn = if reached == SETTLED { SETTLED } else { sources.len() as u32 - 1 };
            let meets =
                self.reach(pixel, level, turn, |level, neighbour| queue.push(level, neighbour));
            if meets && turn != SETTLED {
                matters = matters.max(Some(sources[turn as usize]));
            }
        }
        matters
    }

    /// Has a pixel's neighbours belong to its region where they belong to none, and tells of each, with the level at which it waits. Returns
    /// whether one belongs to another region since this turn.
    #[inline(always)]
    fn reach(&mut self, pixel: u32, level: u32, turn: u32, mut push: impl FnMut(u32, u32)) -> bool {
        let label = self.cells[pixel as usize].label;
        let mut meets = false;
        for &offset in self.neighbours {
            let neighbour = (pixel as usize).wrapping_add_signed(offset);
            let cell = &mut self.cells[neighbour];
            if cell.label != 0 {
                meets |= cell.label != label && cell.reached == turn;
            } else if cell.reached != CLOSED {
                *cell = Cell { label, reached: turn, ..*cell };
                push(cell.level.max(level), neighbour as u32);
            }
        }
        meets
    }

    /// Asks for what lies around a pixel, which is far from others that wait.
    #[inline(always)]
    fn prefetch(&self, pixel: u32) {
        let pixel = pixel as usize;
        for place in [pixel - self.pitch, pixel, pixel + self.pitch] {
            prefetch(self.cells, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::measure::Connectivity;
    use crate::random::Random;

    const SHAPE: [usize; 2] = [17, 23];

    struct Scene {
        samples: Vec<u16>,
        mask: Vec<bool>,
        markers: Vec<i32>,
        connectivity: Connectivity,
    }

    impl Scene {
        /// Values below `levels`, and a marker on one pixel of so many, of a few labels.
        fn new(random: &mut Random, levels: u32, rare: u32, labels: u32) -> Self {
            let len = SHAPE[0] * SHAPE[1];
            let connectivity =
                if random.below(2) == 0 { Connectivity::Edges } else { Connectivity::Corners };
            let marker = |random: &mut Random| match random.below(rare) {
                0 => random.below(labels) as i32 - labels as i32 / 2,
                _ => 0,
            };
            Self {
                samples: (0..len).map(|_| random.below(levels) as u16).collect(),
                mask: (0..len).map(|_| random.below(9) > 0).collect(),
                markers: (0..len).map(|_| marker(random)).collect(),
                connectivity,
            }
        }

        fn flood(&self) -> Vec<i32> {
            let mut labels = self.markers.clone();
            let levels: Vec<u32> = self.samples.iter().map(|&level| level.into()).collect();
            let padded = Self::padded();
            let neighbours = padded.neighbours(self.connectivity);
            flood_eagerly(padded, &levels, |i| self.mask[i], &neighbours, &mut labels);
            labels
        }

        /// With a heap for markers up to a level; and the greatest level whose markers' order matters then.
        fn heaped(&self, up_to: Option<u32>) -> (Vec<i32>, Option<u32>) {
            let padded = Self::padded();
            let mut cells = vec![Cell { reached: CLOSED, ..Cell::default() }; padded.len()];
            let mut markers = vec![];
            for (i, pixel) in padded.pixels().enumerate().filter(|&(i, _)| self.mask[i]) {
                let (level, label) = (self.samples[i].into(), self.markers[i]);
                cells[pixel] = Cell { level, label, reached: OPEN };
                if label != 0 {
                    markers.push(pixel as u32);
                }
            }
            let (neighbours, pitch) = (padded.neighbours(self.connectivity), padded.pitch());
            let mut flood = EagerFlood { cells: &mut cells, neighbours: &neighbours, pitch };
            let queue = flood.by_heap(markers, up_to);
            let matters = flood.by_levels(queue);
            (padded.pixels().map(|pixel| cells[pixel].label).collect(), matters)
        }

        fn has_one_order(&self) -> bool {
            self.heaped(None).1.is_none()
        }

        fn padded() -> Padded {
            Padded::new(Shape::new(SHAPE[0], SHAPE[1], 1).unwrap())
        }
    }

    #[test]
    fn regions_are_those_of_a_heap() {
        let mut random = Random::new(29);
        for (levels, rare, labels) in
            [(1, 200, 9), (2, 60, 9), (6, 20, 9), (20, 6, 90), (60, 3, 90)]
        {
            let [mut matters, mut again] = [0; 2];
            for _ in 0..200 {
                let scene = Scene::new(&mut random, levels, rare, labels);
                let (expected, none) = scene.heaped(Some(u32::MAX));
                assert_eq!((scene.flood(), none), (expected, None));
                if let Some(level) = scene.heaped(None).1 {
                    matters += 1;
                    let next = scene.heaped(Some(level)).1;
                    assert!(next.is_none_or(|next| next > level), "{next:?} after {level}");
                    again += usize::from(next.is_some());
                }
            }
            assert!((20..=180).contains(&matters), "{levels} levels: {matters}");
            assert!(again <= matters / 20, "{levels} levels: {again} of {matters}");
        }
    }

    #[test]
    fn markers_of_levels_of_their_own_have_one_order() {
        let mut random = Random::new(31);
        for levels in [2, 7, 500] {
            for _ in 0..100 {
                let mut scene = Scene::new(&mut random, levels, 12, 900);
                let mut own = 0;
                for (marker, value) in scene.markers.iter().zip(&mut scene.samples) {
                    if *marker != 0 {
                        *value = own;
                        own += 1;
                    } else {
                        *value += own;
                    }
                }
                assert!(scene.has_one_order());
                assert_eq!(scene.flood(), scene.heaped(Some(u32::MAX)).0);
            }
        }
    }

    #[test]
    fn markers_that_meet_half_way_have_none_unless_they_are_of_one_label() {
        let mut scene = Scene {
            samples: vec![3; SHAPE[0] * SHAPE[1]],
            mask: vec![true; SHAPE[0] * SHAPE[1]],
            markers: vec![0; SHAPE[0] * SHAPE[1]],
            connectivity: Connectivity::Edges,
        };
        scene.markers[0] = 1;
        scene.markers[22] = 2;
        assert!(!scene.has_one_order());
        scene.markers[22] = 1;
        assert!(scene.has_one_order());
        // An even number of pixels between them: each takes half.
        scene.markers[22] = 0;
        scene.markers[21] = 2;
        assert!(scene.has_one_order());
    }
}
