//! Bytes from the host on their way to the GPU, in buffers that are mapped again once their copies ran.

use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::pool::{FirstWrite, Purpose, size_class};
use crate::recorder::Recorder;

/// Bytes that the host wrote, to be copied ahead of the recorded commands.
#[derive(Debug)]
pub(crate) struct Upload {
    staging: wgpu::Buffer,
    to: wgpu::Buffer,
    bytes: u64,
}

impl Recorder {
    /// Copies `data` to staging memory, and records the copy from there to the begin of `to`, in whole words.
    pub(crate) fn stage(
        &mut self,
        engine: &Engine,
        operation: &str,
        data: &[u8],
        to: &wgpu::Buffer,
    ) -> Result<()> {
        if data.is_empty() {
            return Ok(());
        }
        self.forget_upload(engine, to)?;
        let bytes = data.len().next_multiple_of(4) as u64;
        let staging =
            self.mapped(engine, operation, size_class(bytes).min(engine.largest_image()))?;
        {
            let mut view = staging.get_mapped_range_mut(0..bytes).map_err(|error| {
                let (operation, message) = (operation.to_owned(), error.to_string());
                GpuError::Validation { operation, message }
            })?;
            view.slice(..data.len()).copy_from_slice(data);
            let padding = [0; 3];
            view.slice(data.len()..).copy_from_slice(&padding[..bytes as usize - data.len()]);
        }
        staging.unmap();
        self.uploads.push(Upload { staging, to: to.clone(), bytes });
        self.waiting_uploads += bytes;
        Ok(())
    }

    /// Takes back what waits to be copied to this buffer: who gave the buffer back had no command read it.
    fn forget_upload(&mut self, engine: &Engine, to: &wgpu::Buffer) -> Result<()> {
        let Some(at) = self.uploads.iter().position(|upload| upload.to == *to) else {
            return Ok(());
        };
        let upload = self.uploads.remove(at);
        self.waiting_uploads -= upload.bytes;
        recycle(engine, vec![upload])
    }

    fn mapped(&mut self, engine: &Engine, operation: &str, class: u64) -> Result<wgpu::Buffer> {
        self.take_back(&engine.shelf);
        if let Some(buffer) = self.pool.take(Purpose::Upload, class, FirstWrite::Host) {
            return Ok(buffer);
        }
        // Copies may have finished since somebody looked.
        engine.free_finished();
        self.take_back(&engine.shelf);
        match self.pool.take(Purpose::Upload, class, FirstWrite::Host) {
            Some(buffer) => Ok(buffer),
            None => self.allocate(engine, operation, class, Purpose::Upload),
        }
    }
}

/// Encodes the copies, in order.
pub(crate) fn encode(device: &wgpu::Device, uploads: &[Upload]) -> wgpu::CommandBuffer {
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    for Upload { staging, to, bytes } in uploads {
        encoder.copy_buffer_to_buffer(staging, 0, to, 0, *bytes);
    }
    encoder.finish()
}

/// Has staging buffers mapped again once no submitted copy reads them; they go to the shelf then.
pub(crate) fn recycle(engine: &Engine, uploads: Vec<Upload>) -> Result<()> {
    scoped(&engine.device, "gpu.upload", 0, || {
        for Upload { staging, .. } in uploads {
            let (shelf, buffer) = (engine.shelf.clone(), staging.clone());
            staging.map_async(wgpu::MapMode::Write, .., move |mapped| {
                if mapped.is_ok() {
                    shelf.put_mapped(buffer);
                }
            });
        }
    })
}
