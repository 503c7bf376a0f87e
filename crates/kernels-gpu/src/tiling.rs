//! Work on images of which a kernel cannot be given all at once.
//!
//! A buffer may be larger than what a kernel can bind of it, 128 MiB by WebGPU's defaults. A kernel says what each of
//! its buffers is to a pixel or a row of the work ([`Need`]); where one does not fit, the work is cut into tiles, and for
//! each of them the kernel is given windows of the buffers. Each sample of the result is computed as without tiles, by
//! the same steps in the same order, so the results are the same bit by bit.

use std::ops::Range;

use crate::error::{GpuError, Result};
use crate::pipeline::Kernel;
use crate::recording::Recording;
use crate::storage::{Bound, Storage};

/// What the work is a row of; tiles are made of whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Pixels that do not know of each other. Tiles begin at multiples of the alignment of offsets, in pixels and so in
    /// bytes, too: a kernel counts from 0 in each of them.
    Pixel,
    /// Rows of the image. Windows begin where alignment lets them, so kernels count words from the tile's
    /// [`first_words`](Tile::first_words); they have the constant `WINDOWED`, true where there are tiles.
    Row,
}

/// What a kernel needs of what it binds.
pub(crate) enum Need<'a> {
    /// All of it, for any part of the work.
    Whole(Bound<'a>),
    /// `bytes` bytes for each unit, and those of `halo` units before and after it, as far as there are.
    Part { storage: &'a Storage, bytes: u64, halo: u64 },
    /// What lies within `halo` units beyond one end of the work when it goes on with the other end: the last units for
    /// the first tiles, the first ones for the last tiles, and anything for others.
    Wrapped { storage: &'a Storage, bytes: u64, halo: u64 },
}

/// A part of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tile {
    /// The first unit.
    pub(crate) first: u32,
    /// How many units.
    pub(crate) units: u32,
    /// For each need, the first 32-bit word of the buffer that the kernel sees.
    pub(crate) first_words: Vec<u32>,
    /// Whether there are others.
    pub(crate) windowed: bool,
}

impl<'a> Need<'a> {
    /// Something of a buffer for each unit.
    pub(crate) fn part(storage: &'a Storage, bytes: u64) -> Self {
        Self::Part { storage, bytes, halo: 0 }
    }

    /// Bytes of the buffer, bytes of a unit, units of halo; `None` for what is not cut.
    fn sizes(&self) -> Option<Sizes> {
        match *self {
            Self::Whole(_) => None,
            Self::Part { storage, bytes, halo } => {
                Some(Sizes { all: storage.bytes, unit: bytes, halo, wrapped: false })
            }
            Self::Wrapped { storage, bytes, halo } => {
                Some(Sizes { all: storage.bytes, unit: bytes, halo, wrapped: true })
            }
        }
    }

    fn bound(&self, window: Option<Range<u64>>) -> Bound<'a> {
        match (self, window) {
            (Self::Whole(bound), _) => *bound,
            (Self::Part { storage, .. } | Self::Wrapped { storage, .. }, None) => {
                Bound::Storage(storage)
            }
            (Self::Part { storage, .. } | Self::Wrapped { storage, .. }, Some(window)) => {
                Bound::Window { storage, offset: window.start, bytes: window.end - window.start }
            }
        }
    }
}

/// The figures of a need.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// Bytes of the buffer.
    all: u64,
    /// Bytes of a unit.
    unit: u64,
    /// Units before and after.
    halo: u64,
    wrapped: bool,
}

/// What a device allows.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes that can be bound.
    binding: u64,
    /// Offsets of what is bound are multiples of this.
    alignment: u64,
}

impl Recording<'_> {
    /// Records a kernel over `units` pixels or rows: at once where all that it needs can be bound, else tile by tile.
    /// `needs` are in the order of its bindings; `tile` gives the parameters and the number of workgroups for one tile.
    ///
    /// # Errors
    ///
    /// [`GpuError::Binding`] where one unit with its halo does not fit, and those of
    /// [`dispatch`](Recording::dispatch).
    pub(crate) fn tiled<P: bytemuck::Pod>(
        &mut self,
        kernel: &'static Kernel,
        constants: &[(&'static str, f64)],
        (unit, units): (Unit, u64),
        needs: &[Need<'_>],
        tile: impl Fn(&Tile) -> (P, u64),
    ) -> Result<()> {
        self.cut((unit, units), needs, |recording, work, buffers| {
            let mut constants = constants.to_vec();
            if unit == Unit::Row {
                constants.push(("WINDOWED", f64::from(u8::from(work.windowed))));
            }
            let (params, workgroups) = tile(work);
            recording.dispatch(kernel, &constants, &params, buffers, workgroups)
        })
    }

    /// As [`tiled`](Self::tiled), for any way to record a tile, given what to bind.
    pub(crate) fn cut(
        &mut self,
        (unit, units): (Unit, u64),
        needs: &[Need<'_>],
        record: impl Fn(&mut Self, &Tile, &[Bound<'_>]) -> Result<()>,
    ) -> Result<()> {
        let limits = Limits {
            binding: self.engine.largest_binding(),
            alignment: u64::from(self.engine.device.limits().min_storage_buffer_offset_alignment),
        };
        let sizes: Vec<_> = needs.iter().map(Need::sizes).collect();
        if sizes.iter().flatten().all(|sizes| sizes.all <= limits.binding) {
            let first_words = vec![0; needs.len()];
            let all = Tile { first: 0, units: units as u32, first_words, windowed: false };
            let buffers: Vec<_> = needs.iter().map(|need| need.bound(None)).collect();
            return record(self, &all, &buffers);
        }
        // A small table lies among the arguments of one submission, and there may be several.
        let tables = needs.iter().map(|need| self.keep(need)).collect::<Result<Vec<_>>>()?;
        let most = units_of_a_tile(self.operation, unit, &sizes, limits)?;
        for first in (0..units).step_by(most as usize) {
            let work = first..units.min(first + most);
            let windows: Vec<_> = sizes
                .iter()
                .map(|sizes| sizes.map(|sizes| window(unit, sizes, &work, units, limits)))
                .collect();
            let first_words = windows
                .iter()
                .map(|window| window.as_ref().map_or(0, |window| (window.start / 4) as u32))
                .collect();
            let buffers: Vec<_> = needs
                .iter()
                .zip(windows)
                .zip(&tables)
                .map(|((need, window), table)| {
                    table.as_ref().map_or_else(|| need.bound(window), Bound::Storage)
                })
                .collect();
            let (first, units) = (first as u32, (work.end - first) as u32);
            self.make_room()?;
            record(self, &Tile { first, units, first_words, windowed: true }, &buffers)?;
        }
        Ok(())
    }

    fn keep(&mut self, need: &Need<'_>) -> Result<Option<Storage>> {
        match need {
            Need::Whole(Bound::Table(offset, bytes)) => self.copied(*offset, *bytes).map(Some),
            _ => Ok(None),
        }
    }
}

/// How many units go into a tile.
fn units_of_a_tile(
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
fn window(cut: Unit, sizes: Sizes, work: &Range<u64>, units: u64, limits: Limits) -> Range<u64> {
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
    use super::{Limits, Sizes, Unit, units_of_a_tile, window};

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
