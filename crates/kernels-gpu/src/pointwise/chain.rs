use super::{Channels, Pointwise, shader};
use crate::error::Result;
use crate::image::DType;
use crate::params::params;
use crate::pipeline::Binding;
use crate::recording::{Program, Recording};
use crate::storage::Storage;
use crate::tiling::{self, Need};

params!(Head { units: u32, zero: u32 });

/// Operations one after another, and what they start from: what a generated kernel is made of.
#[derive(Debug, Clone)]
pub struct Chain {
    pub(super) dtype: DType,
    pub(super) links: Vec<Link>,
}

/// An operation, and the dtype that it gives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) operation: &'static Pointwise,
    pub(super) dtype: DType,
}

/// Samples that lie in memory side by side and become others that do so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Samples read.
    pub(super) takes: u32,
    /// Samples written.
    pub(super) gives: u32,
}

impl Chain {
    /// What is read and what is written.
    pub const BINDINGS: &[Binding] = &[Binding::Read(1), Binding::Write(2)];
    /// Invocations of a workgroup.
    pub const WORKGROUP: u32 = 256;
    /// Operations in one kernel at most: beyond this there is nothing left to gain, and drivers take their time for long shaders.
    pub const LONGEST: usize = 8;

    /// Nothing yet, of images of this dtype.
    #[must_use]
    pub fn new(dtype: DType) -> Self {
        Self { dtype, links: Vec::new() }
    }

    /// One operation more, which gives samples of `dtype`. It must take the channels that are there.
    #[must_use]
    pub fn then(mut self, operation: &'static Pointwise, dtype: DType) -> Self {
        self.links.push(Link { operation, dtype });
        self
    }

    /// How many operations.
    pub(super) fn len(&self) -> usize {
        self.links.len()
    }

    /// The operations' names, joined.
    #[must_use]
    pub fn name(&self) -> String {
        let names: Vec<_> = self.links.iter().map(|link| link.operation.name).collect();
        names.join("+")
    }

    /// The kernel. Chains whose kernels would do the same have the same.
    #[must_use]
    pub fn wgsl(&self) -> String {
        shader::wgsl(self)
    }

    /// The names of the fields of its parameters and where they begin, and their size.
    #[must_use]
    pub fn params(&self) -> (Vec<(String, usize)>, usize) {
        let head = Head::LAYOUT;
        let mut fields: Vec<_> =
            head.fields.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        let mut size = head.size;
        for (i, link) in self.links.iter().enumerate() {
            if let Some(layout) = link.operation.params {
                fields.push((shader::options(i), size));
                size += layout.size;
            }
        }
        (fields, size)
    }

    /// Bytes of the parameters of its operations.
    pub(super) fn params_size(&self) -> usize {
        self.params().1 - Head::LAYOUT.size
    }

    /// The first operations, and the others.
    pub(super) fn split(&self, count: usize) -> (Self, Self) {
        let (first, others) = self.links.split_at(count);
        let done = Self { dtype: self.dtype, links: first.to_vec() };
        let rest = Self { dtype: done.gives(), links: others.to_vec() };
        (done, rest)
    }

    /// Samples at the end, of so many at the begin.
    pub(super) fn samples(&self, source: u64) -> u64 {
        let Unit { takes, gives } = self.unit();
        source / u64::from(takes) * u64::from(gives)
    }

    /// The dtype at the end.
    pub(super) fn gives(&self) -> DType {
        self.links.last().map_or(self.dtype, |link| link.dtype)
    }

    /// What an invocation does some of: pixels, or samples where no operation looks at pixels.
    pub(super) fn unit(&self) -> Unit {
        let mut unit: Option<Unit> = None;
        for link in &self.links {
            if let Channels::All { takes, gives } = link.operation.channels {
                unit = Some(Unit { takes: unit.map_or(takes, |unit| unit.takes), gives });
            }
        }
        unit.unwrap_or(Unit { takes: 1, gives: 1 })
    }

    /// Units that an invocation does: as many as it takes to read and write whole words.
    pub(super) fn units_at_once(&self) -> u32 {
        let Unit { takes, gives } = self.unit();
        let bytes = [takes * self.dtype.bytes() as u32, gives * self.gives().bytes() as u32];
        if bytes.iter().all(|bytes| bytes.is_multiple_of(4)) {
            1
        } else if bytes.iter().all(|bytes| bytes.is_multiple_of(2)) {
            2
        } else {
            4
        }
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
