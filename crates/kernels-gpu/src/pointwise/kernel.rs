//! The generated kernel of a chain: its parameters, and how it is recorded.

use super::chain::{Chain, Unit};
use super::shader::options;
use crate::error::Result;
use crate::params::params;
use crate::recording::{Program, Recording};
use crate::storage::Storage;
use crate::tiling::{self, Need};

params!(Head { units: u32, zero: u32 });

impl Chain {
    /// The names of the fields of its parameters and where they begin, and their size.
    #[must_use]
    pub fn params(&self) -> (Vec<(String, usize)>, usize) {
        let head = Head::LAYOUT;
        let mut fields: Vec<_> =
            head.fields.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        let mut size = head.size;
        for (i, link) in self.links.iter().enumerate() {
            if let Some(layout) = link.operation.params {
                fields.push((options(i), size));
                size += layout.size;
            }
        }
        (fields, size)
    }

    /// Bytes of the parameters of its operations.
    pub(super) fn params_size(&self) -> usize {
        self.params().1 - Head::LAYOUT.size
    }

    /// Records the kernel over an image of so many samples; `params` are those of the operations, one after the other.
    pub(super) fn record(
        &self,
        recording: &mut Recording<'_>,
        source: &Storage,
        samples: u64,
        params: &[u8],
    ) -> Result<Storage> {
        let Unit { takes, gives } = self.unit();
        let units = samples / u64::from(takes);
        let [read, written] = [(takes, self.dtype), (gives, self.gives())]
            .map(|(samples, dtype)| u64::from(samples) * dtype.bytes() as u64);
        let name = self.name();
        let recording = &mut Recording {
            engine: recording.engine,
            recorder: &mut *recording.recorder,
            operation: &name,
        };
        let result = recording.buffer(units * written)?;
        let (_, size) = self.params();
        let (device, pipelines) = (&recording.engine.device, &mut recording.recorder.pipelines);
        let pipeline = pipelines.generated(device, &name, self.wgsl(), Self::BINDINGS, size)?;
        let program = Program { name: name.clone().into(), bindings: Self::BINDINGS, pipeline };
        recording.cut(
            (tiling::Unit::Pixel, units),
            &[Need::part(source, read), Need::part(&result, written)],
            |recording, tile, buffers| {
                let params =
                    [bytemuck::bytes_of(&Head { units: tile.units, zero: 0 }), params].concat();
                let invocations = tile.units.div_ceil(self.units_at_once());
                let workgroups = u64::from(invocations.div_ceil(Self::WORKGROUP));
                recording.run(&program, &params, buffers, workgroups)
            },
        )?;
        recording.recorder.stats.fused_steps += self.links.len() as u64 - 1;
        Ok(result)
    }
}
