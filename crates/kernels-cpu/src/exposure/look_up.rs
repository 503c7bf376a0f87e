use tagswitch_image::{ImageView, ImageViewMut, Sample};

use crate::error::{Error, Result, check_shape};
use crate::level::Level;
use crate::simd;
use crate::stream::each_piece;

/// What a table has for each sample, any number of channels.
///
/// # Errors
///
/// [`Error::Option`] unless the table has an entry for each level,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn look_up<T: Level, O: Sample>(
    image: ImageView<'_, T>,
    table: &[O],
    out: ImageViewMut<'_, O>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    if table.len() != T::LEVELS {
        let given = format!("a table of {} entries", table.len());
        return Err(Error::Option { name: "table", given, expected: "an entry for each level" });
    }
    entries(image.samples(), table, out.into_samples());
    Ok(())
}

/// The work of [`look_up`], on slices of one length.
///
/// # Panics
///
/// Unless the table has an entry for each level.
pub(super) fn entries<T: Level, O: Sample>(samples: &[T], table: &[O], out: &mut [O]) {
    each_piece(samples, out, 1, |samples, out| each_entry(samples, table, out));
}

fn each_entry<T: Level, O: Sample>(samples: &[T], table: &[O], out: &mut [O]) {
    // With the length compared, the compiler leaves the check of each index out.
    assert_eq!(table.len(), T::LEVELS);
    if size_of::<T>() == 1 && size_of::<O>() == 1 {
        // SAFETY: samples are numbers, of which all bytes may be read and written, and these have one.
        let ((_, bytes, _), (_, table, _), (_, out, _)) =
            unsafe { (samples.align_to(), table.align_to(), out.align_to_mut()) };
        let table = table.first_chunk().expect("a byte has 256 levels");
        return simd::look_up(table, bytes, out);
    }
    for (out, &sample) in out.iter_mut().zip(samples) {
        *out = table[sample.index()];
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    #[test]
    fn has_every_level() {
        let table: Vec<u16> = (0..=65_535).rev().collect();
        let shape = Shape::new(1, 3, 1).unwrap();
        let mut out = [0; 3];
        let image = ImageView::new(&[0u16, 5, 65_535], shape).unwrap();
        look_up(image, &table, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        assert_eq!(out, [65_535, 65_530, 0]);
        let short = look_up(image, &table[1..], ImageViewMut::new(&mut out, shape).unwrap());
        assert!(matches!(short, Err(Error::Option { name: "table", .. })));
    }
}
