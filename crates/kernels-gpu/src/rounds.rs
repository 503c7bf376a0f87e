//! Work that is done again and again until a round changes nothing.

use std::sync::Arc;

use crate::device::Engine;
use crate::error::Result;
use crate::image::read;
use crate::recording::Recording;
use crate::storage::Storage;

/// Rounds of the first submission; of each later one there are twice as many, up to [`MOST`].
const FIRST: u32 = 4;
/// The host waits after so many at most.
const MOST: u32 = 256;

/// Records numbered rounds until one changes nothing. They know of each other by `words` words, all 0 before, of which the first is to be the
/// number of the last round that changed something, plus one. Waits.
///
/// `work` is that of a round, as in [`make_room_for`](Recording::make_room_for).
pub(crate) fn settle(
    engine: &Arc<Engine>,
    operation: &str,
    (words, work): (u64, u64),
    round: impl Fn(&mut Recording<'_>, &Storage, u32) -> Result<()>,
) -> Result<()> {
    let notes = engine.record(operation, |recording| recording.zeros(4 * words))?;
    let (mut done, mut rounds) = (0, FIRST);
    loop {
        engine.record(operation, |recording| {
            for number in done..done + rounds {
                recording.make_room_for(work)?;
                round(recording, &notes, number)?;
            }
            Ok(())
        })?;
        done += rounds;
        let latest = read(engine, operation, &notes, |bytes| {
            bytemuck::pod_read_unaligned::<u32>(&bytes[..4])
        })?;
        if latest < done {
            return Ok(());
        }
        rounds = MOST.min(2 * rounds);
    }
}
