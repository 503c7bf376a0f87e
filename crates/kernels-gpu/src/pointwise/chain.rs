//! Operations on pixels that come in a row.

use super::{Channels, Pointwise};
use crate::image::DType;
use crate::pipeline::Binding;

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
}
