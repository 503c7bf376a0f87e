use std::sync::{Arc, Weak};

use super::{Chain, Pointwise};
use crate::contents::Contents;
use crate::error::Result;
use crate::image::DType;
use crate::recording::Recording;
use crate::storage::Storage;

/// A chain of operations with what it is to be computed from. It holds the memory of that.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    chain: Chain,
    /// Those of the operations, one after the other.
    params: Vec<u8>,
    source: Arc<Storage>,
    /// Samples in the source.
    samples: u64,
    /// What waits, or waited, for the first of the operations, for the first two, and so on.
    beginnings: Vec<Weak<Contents>>,
}

impl Expression {
    /// The samples as they are.
    pub(crate) fn new(source: Arc<Storage>, samples: u64, dtype: DType) -> Self {
        let (chain, params, beginnings) = (Chain::new(dtype), Vec::new(), Vec::new());
        Self { chain, params, source, samples, beginnings }
    }

    /// One operation more.
    pub(super) fn then(
        mut self,
        operation: &'static Pointwise,
        dtype: DType,
        params: &[u8],
    ) -> Self {
        self.chain = self.chain.then(operation, dtype);
        self.params.extend_from_slice(params);
        self
    }

    /// The same, for what goes on from `contents`, which wait for it.
    pub(crate) fn begun_by(&self, contents: &Arc<Contents>) -> Self {
        let mut more = self.clone();
        more.beginnings.push(Arc::downgrade(contents));
        more
    }

    /// Whether it has room for one more.
    pub(crate) fn has_room(&self) -> bool {
        self.chain.len() < Chain::LONGEST
    }

    /// What it is computed from.
    pub(crate) fn source(&self) -> &Storage {
        &self.source
    }

    /// Records the kernel, from the latest of its beginnings that was computed by now.
    pub(crate) fn record(&self, recording: &mut Recording<'_>) -> Result<Storage> {
        let computed = self.beginnings.iter().enumerate().rev().find_map(|(i, one)| {
            let buffer = one.upgrade()?.buffer()?;
            recording.recorder.check_made(&buffer).ok().map(|()| (i + 1, buffer))
        });
        let Some((count, source)) = computed else {
            return self.chain.record(recording, &self.source, self.samples, &self.params);
        };
        let (done, rest) = self.chain.split(count);
        let params = &self.params[done.params_size()..];
        rest.record(recording, &source, done.samples(self.samples), params)
    }
}
