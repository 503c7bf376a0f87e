//! Buffers that are used again, up to a limit of bytes; beyond it those go that were not needed for longest.
//!
//! All work goes through one queue, in order, so a buffer that was given back may take part in later work at once. One
//! thing is different: bytes written by the host arrive before *all* the commands that are not submitted yet. A buffer
//! that such commands still use must not be written to by the host; it waits until they are submitted.

use std::collections::{HashMap, VecDeque};

/// Bytes of unused buffers that are kept unless told otherwise.
pub(crate) const DEFAULT_LIMIT: u64 = 256 << 20;

/// What a buffer is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// Samples and tables that kernels work on.
    Storage,
    /// Bytes on their way to the GPU. In the pool it is mapped.
    Upload,
    /// Bytes on their way back. In the pool it is not mapped.
    Readback,
}

impl Purpose {
    /// What wgpu must know of it.
    pub(crate) fn usage(self) -> wgpu::BufferUsages {
        use wgpu::BufferUsages;
        match self {
            Self::Storage => {
                BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST
            }
            Self::Upload => BufferUsages::MAP_WRITE | BufferUsages::COPY_SRC,
            Self::Readback => BufferUsages::MAP_READ | BufferUsages::COPY_DST,
        }
    }
}

/// Who writes to the buffer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstWrite {
    /// A kernel or another recorded command.
    Device,
    /// The host, ahead of all recorded commands.
    Host,
}

/// What a pool did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Requests that a kept buffer served.
    pub(crate) hits: u64,
    /// Buffers freed because there were too many bytes of them.
    pub(crate) evictions: u64,
}

/// Unused buffers of one device. Generic for tests, which need no GPU.
#[derive(Debug)]
pub(crate) struct Pool<B = wgpu::Buffer> {
    /// By purpose and size class; those that came last at the back.
    unused: HashMap<(Purpose, u64), VecDeque<Unused<B>>>,
    bytes: u64,
    limit: u64,
    returns: u64,
    counts: Counts,
}

#[derive(Debug)]
struct Unused<B> {
    buffer: B,
    /// Which return it was.
    returned: u64,
    /// Commands that use it wait for submission.
    recorded: bool,
}

/// The size of the buffer that serves a request: in steps of an eighth, so that similar images share buffers.
#[must_use]
pub(crate) fn size_class(bytes: u64) -> u64 {
    let step = (bytes.next_power_of_two() / 16).max(256);
    bytes.max(4).div_ceil(step) * step
}

impl<B> Pool<B> {
    /// A pool that keeps `limit` bytes at most.
    pub(crate) fn new(limit: u64) -> Self {
        Self { unused: HashMap::new(), bytes: 0, limit, returns: 0, counts: Counts::default() }
    }

    /// A buffer of exactly this class, if there is one: the one that came last.
    pub(crate) fn take(&mut self, purpose: Purpose, class: u64, first: FirstWrite) -> Option<B> {
        let unused = self.unused.get_mut(&(purpose, class))?;
        let at = unused.iter().rposition(|u| first == FirstWrite::Device || !u.recorded)?;
        let found = unused.remove(at)?;
        self.bytes -= class;
        self.counts.hits += 1;
        Some(found.buffer)
    }

    /// Takes a buffer back, and frees what is then beyond the limit.
    pub(crate) fn put(&mut self, purpose: Purpose, class: u64, buffer: B, recorded: bool) {
        if class > self.limit {
            // It would drive all the others out and then have to go itself.
            self.counts.evictions += 1;
            return; // wgpu frees it once no command uses it
        }
        self.returns += 1;
        self.bytes += class;
        let unused = Unused { buffer, returned: self.returns, recorded };
        self.unused.entry((purpose, class)).or_default().push_back(unused);
        self.shrink();
    }

    /// All recorded commands were submitted.
    pub(crate) fn submitted(&mut self) {
        for unused in self.unused.values_mut().flatten() {
            unused.recorded = false;
        }
    }

    /// Sets the limit, and frees what is beyond it.
    pub(crate) fn set_limit(&mut self, bytes: u64) {
        self.limit = bytes;
        self.shrink();
    }

    /// Frees everything.
    pub(crate) fn clear(&mut self) {
        self.unused.clear();
        self.bytes = 0;
    }

    /// Bytes kept for later.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The most bytes that are kept.
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    /// What it did so far.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    fn shrink(&mut self) {
        while self.bytes > self.limit {
            let returned = |queue: &VecDeque<Unused<B>>| queue.front().map(|u| u.returned);
            let oldest =
                self.unused.iter().filter_map(|(key, queue)| Some((returned(queue)?, *key)));
            let Some((_, key)) = oldest.min_by_key(|(returned, _)| *returned) else { return };
            self.unused.get_mut(&key).and_then(VecDeque::pop_front);
            self.bytes -= key.1;
            self.counts.evictions += 1;
            self.unused.retain(|_, queue| !queue.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FirstWrite::{Device, Host};
    use super::Purpose::{Readback, Storage, Upload};
    use super::{Counts, Pool, size_class};

    #[test]
    fn size_classes_waste_an_eighth_at_most() {
        for bytes in [1, 4, 255, 256, 257, 4096, 100_000, 1 << 20, (1 << 24) + 1, 128 << 20] {
            let class = size_class(bytes);
            assert!(class >= bytes && class.is_multiple_of(4), "{bytes} → {class}");
            assert!(bytes < 4096 || class - bytes <= bytes / 8, "{bytes} → {class}");
        }
        assert_eq!(size_class(128 << 20), 128 << 20);
    }

    #[test]
    fn buffers_serve_their_own_purpose_and_class() {
        let mut pool = Pool::new(100);
        pool.put(Storage, 10, "a", false);
        assert_eq!(pool.take(Upload, 10, Device), None);
        assert_eq!(pool.take(Storage, 11, Device), None);
        assert_eq!(pool.take(Storage, 10, Device), Some("a"));
        assert_eq!(pool.take(Storage, 10, Device), None);
        assert_eq!((pool.bytes(), pool.counts()), (0, Counts { hits: 1, evictions: 0 }));
    }

    #[test]
    fn the_one_unused_for_longest_goes_first_whatever_its_purpose() {
        let mut pool = Pool::new(30);
        pool.put(Storage, 10, "a", false);
        pool.put(Readback, 5, "b", false);
        pool.put(Storage, 10, "c", false);
        pool.put(Upload, 5, "d", false);
        assert_eq!((pool.bytes(), pool.counts().evictions), (30, 0));
        // Used and given back: the newest now.
        let a = pool.take(Storage, 10, Device).unwrap();
        assert_eq!(a, "c");
        pool.put(Storage, 10, a, false);
        pool.put(Storage, 12, "e", false);
        assert_eq!((pool.bytes(), pool.counts().evictions), (27, 2));
        assert_eq!(pool.take(Readback, 5, Device), None);
        assert_eq!(pool.take(Storage, 10, Device), Some("c"));
        assert_eq!(pool.take(Storage, 10, Device), None);
        assert_eq!(pool.take(Upload, 5, Device), Some("d"));
    }

    #[test]
    fn a_buffer_beyond_the_limit_drives_nothing_out() {
        let mut pool = Pool::new(30);
        pool.put(Storage, 10, "a", false);
        pool.put(Storage, 31, "b", false);
        assert_eq!((pool.bytes(), pool.counts().evictions), (10, 1));
        pool.set_limit(9);
        assert_eq!((pool.bytes(), pool.counts().evictions), (0, 2));
    }

    #[test]
    fn the_host_gets_no_buffer_that_recorded_commands_use() {
        let mut pool = Pool::new(100);
        pool.put(Storage, 10, "a", false);
        pool.put(Storage, 10, "b", true);
        assert_eq!(pool.take(Storage, 10, Host), Some("a"));
        assert_eq!(pool.take(Storage, 10, Host), None);
        pool.submitted();
        assert_eq!(pool.take(Storage, 10, Host), Some("b"));
        pool.put(Storage, 10, "b", true);
        assert_eq!(pool.take(Storage, 10, Device), Some("b"));
    }
}
