//! Hands what was recorded to the GPU, all together.

use std::sync::Arc;

use crate::device::{Engine, scoped};
use crate::error::Result;
use crate::recorder::{ARGUMENTS, Recorder};
use crate::recording::Recording;
use crate::staging;
use crate::step::{Step, chain, encode};
use crate::timing::Laps;

/// No operation needs more of the arguments than this.
const ARGUMENTS_PER_OPERATION: usize = 64 * 1024;
/// Host writes wait in staging buffers until a submission; beyond this many bytes, or this many, they are sent off.
const WAITING_UPLOADS: u64 = 256 << 20;
const WAITING_BUFFERS: usize = 1024;

impl Recorder {
    /// Submits early when the arguments of one more operation might not fit, or too much waits to be copied.
    pub(crate) fn make_room(&mut self, engine: &Engine) -> Result<()> {
        if self.shadow.len() + ARGUMENTS_PER_OPERATION > ARGUMENTS
            || self.waiting_uploads > WAITING_UPLOADS
            || self.uploads.len() > WAITING_BUFFERS
        {
            self.submit(engine)?;
        }
        Ok(())
    }

    /// Submits, after what else is likely to be asked for next.
    pub(crate) fn submit_ends(
        &mut self,
        engine: &Arc<Engine>,
    ) -> Result<Option<wgpu::SubmissionIndex>> {
        Recording { engine, recorder: self, operation: "gpu" }.make_ends();
        self.submit(engine)
    }

    /// Encodes and submits the recorded steps, what the host wrote ahead of them; `None` when there is nothing.
    ///
    /// What the host wrote is submitted also where the steps cannot be encoded.
    pub(crate) fn submit(&mut self, engine: &Engine) -> Result<Option<wgpu::SubmissionIndex>> {
        self.take_back(&engine.shelf);
        if self.steps.is_empty() && self.uploads.is_empty() {
            return Ok(None);
        }
        let steps = std::mem::take(&mut self.steps);
        let shadow = std::mem::take(&mut self.shadow);
        self.waiting_work = 0;
        let names = chain(&steps);
        let batch = self.batch();
        self.stats.submissions += 1;
        let index = self.submit_steps(engine, &names, &steps, &shadow);
        // Whether they run or not, no command waits for submission now.
        self.pool.submitted();
        match index {
            Ok(index) => {
                engine.free_finished();
                Ok(Some(index))
            }
            Err(error) => {
                self.failed.insert(batch, error.clone());
                Err(error)
            }
        }
    }

    fn submit_steps(
        &mut self,
        engine: &Engine,
        names: &str,
        steps: &[Step],
        shadow: &[u8],
    ) -> Result<wgpu::SubmissionIndex> {
        let device = &engine.device;
        let arguments = self.arguments.clone();
        let staged = self.stage(engine, names, shadow, &arguments);
        let laps = staged.and_then(|()| match &self.laps {
            Some(_) => Laps::new(device, names, steps).map(Some),
            None => Ok(None),
        });
        let commands = laps.and_then(|laps| {
            let commands = scoped(device, names, 0, || {
                let mut encoder =
                    device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
                encode(&mut encoder, steps, &self.arguments, laps.as_ref());
                encoder.finish()
            })?;
            Ok((commands, laps))
        });
        let (commands, laps, failure) = match commands {
            Ok((commands, laps)) => (Some(commands), laps, None),
            Err(error) => (None, None, Some(error)),
        };
        // Kept for the next submission if this one fails.
        let index = scoped(device, names, 0, || {
            let uploads = staging::encode(device, &self.uploads);
            engine.queue.submit([Some(uploads), commands].into_iter().flatten())
        })?;
        if let Some(all) = &mut self.laps {
            all.extend(laps);
        }
        self.waiting_uploads = 0;
        staging::recycle(engine, std::mem::take(&mut self.uploads))?;
        failure.map_or(Ok(index), Err)
    }
}
