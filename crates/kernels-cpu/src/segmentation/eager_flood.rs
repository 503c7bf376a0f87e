use super::flood_queue::{FloodQueue, Ticket};
use super::padded::Padded;
use crate::prefetch::prefetch;

/// Floods from markers, by the ranks of values, where pixels belong to the first that reaches them: they need not remember which marker
/// that was, and wait as numbers that tell which pixels they are.
///
/// `open` says what may be flooded, and in the end what was not.
pub fn flood_eagerly(
    padded: Padded,
    ranks: &[u32],
    neighbours: &[isize],
    open: &mut [bool],
    labels: &mut [i32],
) {
    let mut queue = FloodQueue::new();
    // Pixels by the numbers under which they wait.
    let mut reached = Vec::with_capacity(padded.len());
    for pixel in padded.pixels().filter(|&pixel| labels[pixel] != 0) {
        open[pixel] = false;
        queue.push(Ticket::of_marker(ranks[pixel], reached.len() as u32));
        reached.push(pixel as u32);
    }
    while let Some(ticket) = queue.pop() {
        let pixel = reached[ticket.number() as usize] as usize;
        if let Some(next) = queue.peek() {
            // What lies around the one after this is far apart in memory.
            let next = reached[next.number() as usize] as usize;
            for place in [next - padded.pitch(), next, next + padded.pitch()] {
                prefetch(open, place);
                prefetch(ranks, place);
                prefetch(labels, place);
            }
        }
        for &offset in neighbours {
            let neighbour = pixel.wrapping_add_signed(offset);
            if !open[neighbour] {
                continue;
            }
            open[neighbour] = false;
            labels[neighbour] = labels[pixel];
            let rank = ranks[neighbour].max(ticket.rank());
            queue.push(Ticket::of_reached(rank, reached.len() as u32));
            reached.push(neighbour as u32);
        }
    }
}
