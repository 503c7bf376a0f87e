//! Recorded commands, and how they become a command buffer.

use std::borrow::Cow;
use std::sync::Arc;

use crate::pipeline::Pipeline;
use crate::timing::Laps;

/// A recorded command.
#[derive(Debug)]
pub(crate) enum Step {
    Dispatch {
        kernel: Cow<'static, str>,
        pipeline: Arc<Pipeline>,
        group: wgpu::BindGroup,
        groups: [u32; 3],
        /// What it moves at least.
        bytes: u64,
    },
    Arguments {
        buffer: wgpu::Buffer,
        offset: u64,
        bytes: u64,
    },
    Clear {
        buffer: wgpu::Buffer,
        bytes: u64,
    },
    Copy {
        from: wgpu::Buffer,
        to: wgpu::Buffer,
        bytes: u64,
    },
}

/// Encodes the steps in order; dispatches in a row share a pass, unless they are timed: timestamps are taken around passes.
pub(crate) fn encode(
    encoder: &mut wgpu::CommandEncoder,
    steps: &[Step],
    arguments: &wgpu::Buffer,
    laps: Option<&Laps>,
) {
    let mut rest = steps;
    let mut dispatched = 0;
    while let Some(step) = rest.first() {
        match step {
            Step::Dispatch { .. } => {
                let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
                    label: None,
                    timestamp_writes: laps.map(|laps| laps.around(dispatched)),
                });
                while let Some(Step::Dispatch { pipeline, group, groups, .. }) = rest.first() {
                    pass.set_pipeline(&pipeline.pipeline);
                    pass.set_bind_group(0, group, &[]);
                    pass.dispatch_workgroups(groups[0], groups[1], groups[2]);
                    rest = &rest[1..];
                    dispatched += 1;
                    if laps.is_some() {
                        break;
                    }
                }
                continue;
            }
            Step::Clear { buffer, bytes } => encoder.clear_buffer(buffer, 0, Some(*bytes)),
            Step::Arguments { buffer, offset, bytes } => {
                encoder.copy_buffer_to_buffer(arguments, *offset, buffer, 0, *bytes);
            }
            Step::Copy { from, to, bytes } => encoder.copy_buffer_to_buffer(from, 0, to, 0, *bytes),
        }
        rest = &rest[1..];
    }
    if let Some(laps) = laps {
        laps.resolve(encoder);
    }
}

/// The kernels of a submission, for errors.
pub(crate) fn chain(steps: &[Step]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for step in steps {
        if let Step::Dispatch { kernel, .. } = step {
            let operation = kernel.split('/').next().unwrap_or(kernel.as_ref());
            if names.last() != Some(&operation) {
                names.push(operation);
            }
        }
    }
    if names.is_empty() { "gpu".to_owned() } else { names.join(" → ") }
}
