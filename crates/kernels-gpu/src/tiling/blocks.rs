//! Samples in blocks, for sums: tiles are made of whole ones, so that the sums are the same with them and without.

use super::{Need, Unit};
use crate::error::Result;
use crate::image::DType;
use crate::pipeline::Kernel;
use crate::recording::Recording;
use crate::storage::Storage;

/// Samples of a block, as in the shaders. Sums of the low halves of so many integers fit 32 bits.
pub(crate) const BLOCK: u64 = 16_384;

impl Recording<'_> {
    /// Records a kernel over all samples of images of one size and dtype, a workgroup for each block of them. It is given the images, and
    /// all of `sums`; `params` makes its parameters from the number of samples in the tile and the place of the tile's first block.
    pub(crate) fn in_blocks<P: bytemuck::Pod>(
        &mut self,
        kernel: &'static Kernel,
        (samples, dtype): (u64, DType),
        images: &[&Storage],
        sums: &Storage,
        params: impl Fn(u32, u32) -> P,
    ) -> Result<()> {
        let bytes = BLOCK * dtype.bytes() as u64;
        let mut needs: Vec<_> = images.iter().map(|image| Need::part(image, bytes)).collect();
        needs.push(Need::Whole(sums.into()));
        let work = (Unit::Block, samples.div_ceil(BLOCK));
        self.cut(work, &needs, |recording, tile, buffers| {
            let before = u64::from(tile.first) * BLOCK;
            let count = (samples - before).min(u64::from(tile.units) * BLOCK);
            let constants = [("DTYPE", dtype.constant())];
            let params = params(count as u32, tile.first);
            recording.dispatch(kernel, &constants, &params, buffers, tile.units.into())
        })
    }
}
