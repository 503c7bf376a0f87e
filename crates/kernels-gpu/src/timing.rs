//! What kernels take on the GPU, by timestamps around each of them.
//!
//! Only while it is asked for: kernels then have a pass of their own, which costs a little between them but not in them.

use std::sync::Arc;

use crate::device::{Engine, scoped};
use crate::error::{GpuError, Result};
use crate::image::show;
use crate::pipeline::Binding;
use crate::step::Step;

/// What one run of a kernel took.
#[derive(Debug, Clone, PartialEq)]
pub struct KernelTime {
    /// The kernel's name, `module.operation` or `module.operation/step`; those of operations that share it are joined.
    pub kernel: String,
    /// From the GPU's start on it to its end.
    pub nanoseconds: f64,
    /// What it moves at least: bytes that it reads and bytes that it writes, each once. Parameters and small tables are
    /// not counted.
    pub bytes: u64,
}

/// Kernels that are timed together: a set holds two timestamps of each.
const KERNELS_OF_A_SET: usize = wgpu::QUERY_SET_MAX_QUERIES as usize / 2;
/// Bytes of a timestamp.
const STAMP: u64 = wgpu::QUERY_SIZE as u64;

/// Timestamps of the kernels of one submission, in the order in which they run.
#[derive(Debug)]
pub(crate) struct Laps {
    kernels: Vec<(String, u64)>,
    sets: Vec<Set>,
}

/// Timestamps of some kernels.
#[derive(Debug)]
struct Set {
    queries: wgpu::QuerySet,
    stamps: u32,
    /// Where the GPU writes them, and where the host reads them.
    resolved: wgpu::Buffer,
    readable: wgpu::Buffer,
}

impl Laps {
    /// Makes room for the timestamps of all kernels among the steps.
    pub(crate) fn new(device: &wgpu::Device, operation: &str, steps: &[Step]) -> Result<Self> {
        let kernels: Vec<_> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Dispatch { kernel, bytes, .. } => Some((kernel.clone().into_owned(), *bytes)),
                _ => None,
            })
            .collect();
        let sets = kernels
            .chunks(KERNELS_OF_A_SET)
            .map(|chunk| Set::new(device, operation, 2 * chunk.len() as u32))
            .collect::<Result<_>>()?;
        Ok(Self { kernels, sets })
    }

    /// Where the timestamps of the pass of one kernel go.
    pub(crate) fn around(&self, kernel: usize) -> wgpu::ComputePassTimestampWrites<'_> {
        let first = 2 * (kernel % KERNELS_OF_A_SET) as u32;
        wgpu::ComputePassTimestampWrites {
            query_set: &self.sets[kernel / KERNELS_OF_A_SET].queries,
            beginning_of_pass_write_index: Some(first),
            end_of_pass_write_index: Some(first + 1),
        }
    }

    /// Brings the timestamps to where they can be read, after the passes.
    pub(crate) fn resolve(&self, encoder: &mut wgpu::CommandEncoder) {
        for Set { queries, stamps, resolved, readable } in &self.sets {
            encoder.resolve_query_set(queries, 0..*stamps, resolved, 0);
            encoder.copy_buffer_to_buffer(resolved, 0, readable, 0, readable.size());
        }
    }

    /// Waits for the submission and reads them.
    fn read(
        &self,
        engine: &Engine,
        operation: &str,
        submission: Option<&wgpu::SubmissionIndex>,
    ) -> Result<Vec<KernelTime>> {
        let mut stamps: Vec<u64> = Vec::new();
        for Set { readable, .. } in &self.sets {
            let bytes = readable.size();
            let read = bytemuck::pod_collect_to_vec::<u8, u64>;
            stamps.extend(show(engine, operation, readable, bytes, submission, read)?);
        }
        let period = f64::from(engine.queue.get_timestamp_period());
        let times = self.kernels.iter().zip(stamps.as_chunks().0);
        Ok(times
            .map(|((kernel, bytes), &[start, end])| KernelTime {
                kernel: kernel.clone(),
                nanoseconds: end.saturating_sub(start) as f64 * period,
                bytes: *bytes,
            })
            .collect())
    }
}

impl Set {
    fn new(device: &wgpu::Device, operation: &str, stamps: u32) -> Result<Self> {
        let size = u64::from(stamps) * STAMP;
        scoped(device, operation, 2 * size, || {
            let buffer = |usage| {
                device.create_buffer(&wgpu::BufferDescriptor {
                    label: Some("timestamps"),
                    size,
                    usage,
                    mapped_at_creation: false,
                })
            };
            Self {
                queries: device.create_query_set(&wgpu::QuerySetDescriptor {
                    label: Some("timestamps"),
                    ty: wgpu::QueryType::Timestamp,
                    count: stamps,
                }),
                stamps,
                resolved: buffer(wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC),
                readable: buffer(wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST),
            }
        })
    }
}

impl Engine {
    /// What timing takes of a device.
    pub(crate) const TIMING_FEATURES: wgpu::Features = wgpu::Features::TIMESTAMP_QUERY;

    /// Times all kernels that any thread records from now on, until [`kernel_times`](Self::kernel_times) asks for what they
    /// took. What was recorded before is submitted.
    ///
    /// # Errors
    ///
    /// [`GpuError::Unsupported`] by an adapter without timestamps, [`GpuError::Argument`] when kernels are timed already,
    /// and those of the device.
    pub fn time_kernels(self: &Arc<Self>) -> Result<()> {
        let operation = "gpu.kernelTimes";
        if !self.device.features().contains(Self::TIMING_FEATURES) {
            let reason = format!("{} has no timestamp queries", self.adapter().name);
            return Err(GpuError::unsupported(operation, reason));
        }
        self.guard(operation, || {
            let mut recorder = self.recorder();
            if recorder.laps.is_some() {
                return Err(GpuError::argument(
                    operation,
                    "kernels are being timed already".to_owned(),
                ));
            }
            recorder.submit_ends(self)?;
            recorder.laps = Some(Vec::new());
            Ok(())
        })
    }

    /// Ends what [`time_kernels`](Self::time_kernels) began: submits as [`flush`](Self::flush) does, waits for it, and says what
    /// each kernel took, in the order in which they ran. Nothing when no kernels were timed.
    ///
    /// # Errors
    ///
    /// Those of the device. Kernels are not timed any longer then either.
    pub fn kernel_times(self: &Arc<Self>) -> Result<Vec<KernelTime>> {
        let operation = "gpu.kernelTimes";
        self.guard(operation, || {
            let (submission, laps) = {
                let mut recorder = self.recorder();
                let submission = recorder.submit_ends(self);
                (submission, recorder.laps.take().unwrap_or_default())
            };
            let submission = submission?;
            let mut times = Vec::new();
            for laps in laps {
                times.extend(laps.read(self, operation, submission.as_ref())?);
            }
            Ok(times)
        })
    }
}

/// Bytes that a kernel moves at least through its bindings: given each binding with an identity of the memory behind it,
/// and its bytes. What is bound twice is read once.
pub(crate) fn moved<M: PartialEq>(bound: impl Iterator<Item = (Binding, M, u64)>) -> u64 {
    let mut seen: Vec<M> = Vec::new();
    let mut all = 0;
    for (binding, memory, bytes) in bound {
        if seen.contains(&memory) {
            continue;
        }
        seen.push(memory);
        all += match binding {
            Binding::Read(_) | Binding::Write(_) => bytes,
            Binding::Update(_) => 2 * bytes,
        };
    }
    all
}

#[cfg(test)]
mod tests {
    use super::moved;
    use crate::pipeline::Binding::{Read, Update, Write};

    #[test]
    fn what_is_bound_twice_is_read_once_and_what_is_updated_goes_both_ways() {
        assert_eq!(
            moved([(Read(1), "a", 3), (Read(4), "a", 3), (Write(2), "b", 12)].into_iter()),
            15
        );
        assert_eq!(moved([(Read(1), "a", 3), (Update(2), "b", 5)].into_iter()), 13);
    }
}
