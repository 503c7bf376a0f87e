//! Work that keeps a GPU busy for long, submitted part by part: systems end what takes a second or two at once.

use crate::error::Result;
use crate::recording::Recording;
use crate::storage::Table;

/// Work on units such as rows, each as much as the others.
pub(crate) struct LongWork {
    of_a_unit: u64,
    /// How many units a submission takes at most; `None` where it takes all of them.
    most_units: Option<u32>,
}

impl LongWork {
    /// Makes room for all of it where one submission takes that; else each part makes its own. Work counts as in
    /// [`make_room_for`](Recording::make_room_for); what tables lie among the arguments is lost.
    pub(crate) fn begin(recording: &mut Recording<'_>, units: u64, of_a_unit: u64) -> Result<Self> {
        let (all, most) = (units * of_a_unit, recording.recorder.most_work);
        if all <= most {
            recording.make_room_for(all)?;
            return Ok(Self { of_a_unit, most_units: None });
        }
        recording.make_room_for(0)?;
        let most_units = (most / of_a_unit).clamp(1, u32::MAX.into()) as u32;
        Ok(Self { of_a_unit, most_units: Some(most_units) })
    }

    /// Constants for its kernel, in a buffer of their own where there are several submissions.
    pub(crate) fn table(&self, recording: &mut Recording<'_>, data: &[u8]) -> Result<Table> {
        match recording.table(data)? {
            Table::Small(offset, bytes) if self.most_units.is_some() => {
                Ok(Table::Large(recording.copied(offset, bytes)?))
            }
            table => Ok(table),
        }
    }

    /// Records a tile of so many units: each part by its first unit, from the tile's first one on, and how many it has.
    pub(crate) fn record<'a>(
        &self,
        recording: &mut Recording<'a>,
        units: u32,
        part: impl Fn(&mut Recording<'a>, u32, u32) -> Result<()>,
    ) -> Result<()> {
        let Some(most) = self.most_units else { return part(recording, 0, units) };
        for first in (0..units).step_by(most as usize) {
            let units = most.min(units - first);
            recording.make_room_for(u64::from(units) * self.of_a_unit)?;
            part(recording, first, units)?;
        }
        Ok(())
    }
}
