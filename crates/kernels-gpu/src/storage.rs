//! Buffers in use, and where they go afterwards.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::device::lock;

/// Where dropped buffers wait to be taken back. It has its own lock, so that a drop never waits for a recording.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// With the batch of commands that used each last.
    returned: Mutex<Vec<(wgpu::Buffer, u64)>>,
    /// Staging buffers whose copies ran, mapped for the next ones.
    mapped: Mutex<Vec<wgpu::Buffer>>,
    live: AtomicU64,
    orphans: AtomicU64,
}

/// A buffer in use; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Storage {
    pub(crate) buffer: wgpu::Buffer,
    /// Bytes of it that are bound: what was asked for, in whole words.
    pub(crate) bytes: u64,
    /// The batch of commands that uses it last.
    batch: AtomicU64,
    /// The batch of commands that writes its contents; 0 for contents from the host.
    made: AtomicU64,
    orphan: AtomicBool,
    shelf: Arc<Shelf>,
}

impl Shelf {
    /// Buffers dropped since the last call, each with the last batch of commands that uses it.
    pub(crate) fn take(&self) -> Vec<(wgpu::Buffer, u64)> {
        std::mem::take(&mut *lock(&self.returned))
    }

    /// Staging buffers that were mapped again since the last call.
    pub(crate) fn take_mapped(&self) -> Vec<wgpu::Buffer> {
        std::mem::take(&mut *lock(&self.mapped))
    }

    /// Keeps a staging buffer that was mapped again.
    pub(crate) fn put_mapped(&self, buffer: wgpu::Buffer) {
        lock(&self.mapped).push(buffer);
    }

    /// Bytes of the buffers in use.
    pub(crate) fn live_bytes(&self) -> u64 {
        self.live.load(Ordering::Relaxed)
    }

    /// Those of buffers that no image has any more, but what waits is computed from.
    pub(crate) fn orphan_bytes(&self) -> u64 {
        self.orphans.load(Ordering::Relaxed)
    }
}

impl Storage {
    /// Takes a buffer into use, for `bytes` bytes.
    pub(crate) fn new(buffer: wgpu::Buffer, bytes: u64, shelf: &Arc<Shelf>) -> Self {
        shelf.live.fetch_add(buffer.size(), Ordering::Relaxed);
        Self {
            buffer,
            bytes: bytes.max(4).next_multiple_of(4),
            batch: AtomicU64::new(0),
            made: AtomicU64::new(0),
            orphan: AtomicBool::new(false),
            shelf: Arc::clone(shelf),
        }
    }

    /// Notes that commands of this batch use it.
    pub(crate) fn used_by(&self, batch: u64) {
        self.batch.fetch_max(batch, Ordering::Relaxed);
    }

    /// Notes that commands of this batch write to it.
    pub(crate) fn made_by(&self, batch: u64) {
        self.made.fetch_max(batch, Ordering::Relaxed);
        self.used_by(batch);
    }

    /// Notes that its image is gone.
    pub(crate) fn orphan(&self) {
        if !self.orphan.swap(true, Ordering::Relaxed) {
            self.shelf.orphans.fetch_add(self.buffer.size(), Ordering::Relaxed);
        }
    }

    /// Whether its image is gone.
    pub(crate) fn is_orphan(&self) -> bool {
        self.orphan.load(Ordering::Relaxed)
    }

    /// The batch of commands that writes its contents; 0 for contents from the host.
    pub(crate) fn maker(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        self.shelf.live.fetch_sub(self.buffer.size(), Ordering::Relaxed);
        if self.is_orphan() {
            self.shelf.orphans.fetch_sub(self.buffer.size(), Ordering::Relaxed);
        }
        lock(&self.shelf.returned).push((self.buffer.clone(), self.batch.load(Ordering::Relaxed)));
    }
}

/// What a kernel is given at a storage binding.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound<'a> {
    /// A buffer.
    Storage(&'a Storage),
    /// A part of a buffer: offset and bytes.
    Window { storage: &'a Storage, offset: u64, bytes: u64 },
    /// A small table among the arguments: offset and bytes.
    Table(u64, u64),
}

impl<'a> From<&'a Storage> for Bound<'a> {
    fn from(storage: &'a Storage) -> Self {
        Bound::Storage(storage)
    }
}

impl<'a> Bound<'a> {
    /// The buffer, if it is one in use by itself.
    pub(crate) fn storage(self) -> Option<&'a Storage> {
        match self {
            Self::Storage(storage) | Self::Window { storage, .. } => Some(storage),
            Self::Table(..) => None,
        }
    }

    /// Which memory it is, from which byte; `None` for a small table.
    pub(crate) fn memory(self) -> Option<(&'a wgpu::Buffer, u64)> {
        match self {
            Self::Storage(storage) => Some((&storage.buffer, 0)),
            Self::Window { storage, offset, .. } => Some((&storage.buffer, offset)),
            Self::Table(..) => None,
        }
    }

    /// Bytes that the kernel sees.
    pub(crate) fn bytes(self) -> u64 {
        match self {
            Self::Storage(storage) => storage.bytes,
            Self::Window { bytes, .. } | Self::Table(_, bytes) => bytes,
        }
    }
}

/// A table of constants for one operation.
pub(crate) enum Table {
    Small(u64, u64),
    Large(Storage),
}

impl Table {
    pub(crate) fn bound(&self) -> Bound<'_> {
        match self {
            Self::Small(offset, bytes) => Bound::Table(*offset, *bytes),
            Self::Large(storage) => Bound::Storage(storage),
        }
    }
}
