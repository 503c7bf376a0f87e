//! How many units go into a tile, and which bytes of a buffer a tile needs: figures, without a device.

use std::ops::Range;

use super::Unit;
use crate::error::{GpuError, Result};

/// The figures of a need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// Bytes of the buffer.
    pub(super) all: u64,
    /// Bytes of a unit.
    pub(super) unit: u64,
    /// Units before and after.
    pub(super) halo: u64,
    pub(super) wrapped: bool,
}

/// What a device allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes that can be bound.
    pub(super) binding: u64,
    /// Offsets of what is bound are multiples of this.
    pub(super) alignment: u64,
}

/// How many units go into a tile.
pub(super) fn units_of_a_tile(
    operation: &str,
    unit: Unit,
    sizes: &[Option<Sizes>],
    limits: Limits,
) -> Result<u64> {
    let mut most = u64::MAX;
    for sizes in sizes.iter().flatten().filter(|sizes| sizes.all > limits.binding) {
        let (bytes, halo) = (sizes.unit, sizes.halo);
        let (fit, what) = match unit {
            Unit::Pixel => {
                let steps = limits.binding / (bytes * limits.alignment);
                (steps * limits.alignment, format!("{} pixels", limits.alignment))
            }
            Unit::Block => (limits.binding / bytes, "a block of pixels".to_owned()),
            Unit::Row => {
                // A window begins up to one alignment before its first row, and ends with a whole word.
                let room = limits.binding.saturating_sub(limits.alignment + 3);
                let what = match halo {
                    0 => "a row".to_owned(),
                    _ => format!("a row and the {halo} before and after it"),
                };
                ((room / bytes).saturating_sub(2 * halo), what)
            }
        };
        if fit == 0 {
            let (bytes, room) = match unit {
                Unit::Pixel => (bytes * limits.alignment, 0),
                Unit::Block => (bytes, 0),
                Unit::Row => (bytes.saturating_mul(2 * halo + 1), limits.alignment + 3),
            };
            return Err(GpuError::Binding {
                operation: operation.to_owned(),
                what,
                bytes: bytes.saturating_add(room),
                limit: limits.binding,
            });
        }
        most = most.min(fit);
    }
    Ok(most)
}

/// The bytes of a buffer that a kernel is given for some units.
pub(super) fn window(
    cut: Unit,
    sizes: Sizes,
    work: &Range<u64>,
    units: u64,
    limits: Limits,
) -> Range<u64> {
    let Sizes { all, unit, halo, wrapped } = sizes;
    if cut == Unit::Row && all <= limits.binding {
        return 0..all;
    }
    // Half a buffer at most, or the limit would hold all of it: only one end is in reach.
    let (before, after) =
        (halo.saturating_sub(work.start), (work.end + halo).saturating_sub(units));
    let seen = match wrapped {
        false => work.start.saturating_sub(halo)..units.min(work.end + halo),
        true if before > 0 => units - before..units,
        true if after > 0 => 0..after,
        true => work.start..work.start + 1,
    };
    let start = seen.start * unit / limits.alignment * limits.alignment;
    start..(seen.end * unit).next_multiple_of(4).min(all)
}

#[cfg(test)]
mod tests {
    use super::{Limits, Sizes, units_of_a_tile, window};
    use crate::tiling::Unit;

    const LIMITS: Limits = Limits { binding: 4096, alignment: 256 };

    #[test]
    fn windows_hold_the_rows_and_their_halo() {
        for (unit, units, halo) in [(43, 200, 1), (516, 67, 2), (1000, 9, 0), (3, 3000, 500)] {
            let all = u64::next_multiple_of(unit * units, 4);
            let sizes = Sizes { all, unit, halo, wrapped: false };
            let most = units_of_a_tile("", Unit::Row, &[None, Some(sizes)], LIMITS).unwrap();
            for first in (0..units).step_by(most as usize) {
                let work = first..units.min(first + most);
                let seen = window(Unit::Row, sizes, &work, units, LIMITS);
                assert!(
                    seen.start.is_multiple_of(256) && (seen.end - seen.start).is_multiple_of(4)
                );
                assert!(seen.end - seen.start <= LIMITS.binding && seen.end <= all);
                assert!(seen.start <= first.saturating_sub(halo) * unit);
                assert!(seen.end >= units.min(work.end + halo) * unit);

                let beyond =
                    window(Unit::Row, Sizes { wrapped: true, ..sizes }, &work, units, LIMITS);
                assert!(beyond.end - beyond.start <= LIMITS.binding && beyond.end <= all);
                if first < halo {
                    assert!(beyond.start <= (units - halo + first) * unit && beyond.end == all);
                } else if work.end + halo > units {
                    assert!(beyond.start == 0 && beyond.end >= (work.end + halo - units) * unit);
                }
            }
        }
    }

    #[test]
    fn pixels_begin_where_bindings_may() {
        let sizes = |unit| Some(Sizes { all: unit * 10_000, unit, halo: 0, wrapped: false });
        let needs = [sizes(3), sizes(12), None];
        let most = units_of_a_tile("", Unit::Pixel, &needs, LIMITS).unwrap();
        assert_eq!(most, 256);
        // From 0 in every tile, whatever else is cut.
        let small = Sizes { all: 3000, unit: 3, halo: 0, wrapped: false };
        assert_eq!(window(Unit::Pixel, small, &(256..512), 1000, LIMITS), 768..1536);
        assert_eq!(units_of_a_tile("", Unit::Pixel, &needs[..1], LIMITS), Ok(1280));
    }

    #[test]
    fn blocks_begin_where_tiles_do() {
        let sizes = |unit| Some(Sizes { all: 9 * unit, unit, halo: 0, wrapped: false });
        let needs = [sizes(256), sizes(1024)];
        assert_eq!(units_of_a_tile("", Unit::Block, &needs, LIMITS), Ok(4));
        // Also of what could be bound whole.
        assert_eq!(window(Unit::Block, needs[0].unwrap(), &(4..8), 9, LIMITS), 1024..2048);
        let code = units_of_a_tile("", Unit::Block, &[sizes(8192)], LIMITS);
        assert_eq!(code.map_err(|error| error.code()), Err("ERR_GPU_LIMIT"));
    }

    #[test]
    fn what_fits_is_bound_whole_and_does_not_count() {
        let fits = Sizes { all: 4000, unit: 1000, halo: 50, wrapped: true };
        let cut = Sizes { all: 16_000, unit: 4000, halo: 0, wrapped: false };
        assert_eq!(window(Unit::Row, fits, &(1..2), 4, LIMITS), 0..4000);
        let code = units_of_a_tile("", Unit::Row, &[Some(fits), Some(cut)], LIMITS)
            .map_err(|error| error.code());
        assert_eq!(code, Err("ERR_GPU_LIMIT"));
        let cut = Sizes { unit: 3000, ..cut };
        assert_eq!(units_of_a_tile("", Unit::Row, &[Some(fits), Some(cut)], LIMITS), Ok(1));
    }
}
