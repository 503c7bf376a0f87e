//! Buffers that are used again.
//!
//! All work goes through one queue, in order, so a buffer that was given back may take part in later work at once. One
//! thing is different: bytes written by the host arrive before *all* the commands that are not submitted yet. A buffer
//! that such commands still use must not be written to by the host; it waits until they are submitted.

use std::collections::HashMap;

/// Buffers of one device, by size.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    /// Not used by any recorded command.
    idle: HashMap<u64, Vec<wgpu::Buffer>>,
    /// Given back while commands that use them wait for submission.
    recorded: HashMap<u64, Vec<wgpu::Buffer>>,
    bytes: u64,
}

/// Who writes to the buffer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstWrite {
    /// A kernel or another recorded command.
    Device,
    /// The host, ahead of all recorded commands.
    Host,
}

/// The size of the buffer that serves a request: in steps of an eighth, so that similar images share buffers.
#[must_use]
pub(crate) fn size_class(bytes: u64) -> u64 {
    let step = (bytes.next_power_of_two() / 16).max(256);
    bytes.max(4).div_ceil(step) * step
}

impl Pool {
    /// A buffer of exactly this class, if there is one.
    pub(crate) fn take(&mut self, class: u64, first: FirstWrite) -> Option<wgpu::Buffer> {
        let recorded =
            (first == FirstWrite::Device).then(|| self.recorded.get_mut(&class).and_then(Vec::pop));
        let buffer = recorded.flatten().or_else(|| self.idle.get_mut(&class).and_then(Vec::pop))?;
        self.bytes -= class;
        Some(buffer)
    }

    /// Takes a buffer back, unless that would exceed `limit` bytes.
    pub(crate) fn put(&mut self, buffer: wgpu::Buffer, pending: bool, limit: u64) {
        let class = buffer.size();
        if self.bytes + class > limit {
            return; // wgpu frees it once no command uses it
        }
        self.bytes += class;
        let shelf = if pending { &mut self.recorded } else { &mut self.idle };
        shelf.entry(class).or_default().push(buffer);
    }

    /// All recorded commands were submitted.
    pub(crate) fn submitted(&mut self) {
        for (class, mut buffers) in self.recorded.drain() {
            self.idle.entry(class).or_default().append(&mut buffers);
        }
    }

    /// Frees everything.
    pub(crate) fn clear(&mut self) {
        self.idle.clear();
        self.recorded.clear();
        self.bytes = 0;
    }

    /// Bytes held for later use.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::size_class;

    #[test]
    fn size_classes_waste_an_eighth_at_most() {
        for bytes in [1, 4, 255, 256, 257, 4096, 100_000, 1 << 20, (1 << 24) + 1, 128 << 20] {
            let class = size_class(bytes);
            assert!(class >= bytes && class.is_multiple_of(4), "{bytes} → {class}");
            assert!(bytes < 4096 || class - bytes <= bytes / 8, "{bytes} → {class}");
        }
        assert_eq!(size_class(128 << 20), 128 << 20);
    }
}
