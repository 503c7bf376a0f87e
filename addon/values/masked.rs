//! Images with masks.

use tagswitch_image::{ImageView, SamplesMut, SamplesRef, Shape};

use crate::error::{Result, coded, shape_error};
use crate::samples::{TypedArray, borrow};

/// Samples, a mask of theirs, and where to write.
pub type Masked<'call> = (SamplesRef<'call>, Option<ImageView<'call, u8>>, SamplesMut<'call>);

/// Borrows an image and a mask, if there is one, to read, and one output to write.
///
/// # Errors
///
/// As [`borrow`]; `ERR_IMAGE_DTYPE` for a mask that is no `Uint8Array`, `ERR_IMAGE_BUFFER` for one of another length than the shape's.
pub fn borrow_masked<'call>(
    name: &str,
    image: TypedArray<'call>,
    shape: Shape,
    mask: Option<TypedArray<'call>>,
    out: TypedArray<'call>,
) -> Result<Masked<'call>> {
    let Some(mask) = mask else {
        let ([image], out) = borrow([name], [image], out)?;
        return Ok((image, None, out));
    };
    let ([image, mask], out) = borrow([name, "mask"], [image, mask], out)?;
    let SamplesRef::U8(mask) = mask else {
        let message = format!("mask is {}; expected uint8", mask.type_name());
        return Err(coded("ERR_IMAGE_DTYPE", &message));
    };
    Ok((image, Some(ImageView::new(mask, shape).map_err(shape_error)?), out))
}
