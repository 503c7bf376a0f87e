//! Typed arrays as slices, without a copy.

use napi::bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue};
use napi::{ValueType, sys};
use tagswitch_image::{ImageViewMut, Sample, SamplesMut, SamplesRef, Shape};

use crate::error::{Result, coded, shape_error};
use crate::memory::{Fault, Memory};

/// An argument that should be a typed array of samples. What is wrong with it shows when it is borrowed, by one of our errors.
#[derive(Clone, Copy)]
pub struct TypedArray<'call>(std::result::Result<Memory<'call>, Fault>);

// SAFETY: these are addresses and lengths, of no thread's own. What lies there is touched by `borrow_asked` alone, while the call that
// made them lasts: on its thread, or on another while the memory is kept for it (`off_thread`).
unsafe impl Send for TypedArray<'_> {}

impl TypeName for TypedArray<'_> {
    fn type_name() -> &'static str {
        "TypedArray"
    }

    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl ValidateNapiValue for TypedArray<'_> {}

impl FromNapiValue for TypedArray<'_> {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> napi::Result<Self> {
        // SAFETY: the caller gives an environment and a value of it.
        Ok(Self(unsafe { Memory::at(env, value) }))
    }
}

impl<'call> TypedArray<'call> {
    fn memory(self, name: &str) -> Result<Memory<'call>> {
        self.0.map_err(|fault| {
            let (code, what) = match fault {
                Fault::NoSamples => (
                    "ERR_IMAGE_DTYPE",
                    "is not a Uint8Array, Uint16Array, Int32Array, Float32Array or Float64Array",
                ),
                Fault::Shared => (
                    "ERR_IMAGE_BUFFER",
                    "lies in a SharedArrayBuffer, which other threads may write to",
                ),
                Fault::Empty => ("ERR_IMAGE_BUFFER", "holds no samples (is its buffer detached?)"),
                Fault::Misaligned => {
                    ("ERR_IMAGE_BUFFER", "does not begin at a multiple of its samples' size")
                }
            };
            coded(code, &format!("{name} {what}"))
        })
    }
}

/// As [`borrow_all`], for one output.
pub fn borrow<'call, const N: usize>(
    names: [&str; N],
    inputs: [TypedArray<'call>; N],
    out: TypedArray<'call>,
) -> Result<([SamplesRef<'call>; N], SamplesMut<'call>)> {
    let (read, [out]) = borrow_all(names, inputs, [out])?;
    Ok((read, out))
}

/// Borrows inputs to read and outputs to write, for the length of a call.
///
/// # Errors
///
/// `ERR_IMAGE_DTYPE` for anything but the five typed arrays; `ERR_IMAGE_BUFFER` for detached or shared memory and where
/// an output overlaps an input or another output. `names` are for messages, one per input.
pub fn borrow_all<'call, const N: usize, const M: usize>(
    names: [&str; N],
    inputs: [TypedArray<'call>; N],
    outs: [TypedArray<'call>; M],
) -> Result<([SamplesRef<'call>; N], [SamplesMut<'call>; M])> {
    let (read, written) = borrow_asked(names, inputs, outs.map(Some))?;
    let all = |out: Option<_>| out.unwrap_or_else(|| unreachable!("every out is asked for"));
    Ok((read, written.map(all)))
}

/// As [`borrow_all`], where results may be left out.
pub fn borrow_asked<'call, const N: usize, const M: usize>(
    names: [&str; N],
    inputs: [TypedArray<'call>; N],
    outs: [Option<TypedArray<'call>>; M],
) -> Result<([SamplesRef<'call>; N], [Option<SamplesMut<'call>>; M])> {
    let mut written = [None; M];
    for (at, out) in outs.into_iter().enumerate() {
        let Some(out) = out else { continue };
        written[at] = Some(out.memory("out")?.apart_from(&written, "another out")?);
    }
    let mut read = [SamplesRef::U8(&[]); N];
    for ((read, array), name) in read.iter_mut().zip(inputs).zip(names) {
        *read = array.memory(name)?.apart_from(&written, name)?.read();
    }
    Ok((read, written.map(|memory| memory.map(Memory::write))))
}

/// Borrows an input to read, for the length of a call.
///
/// # Errors
///
/// As [`borrow`].
pub fn borrow_input<'call>(name: &str, input: TypedArray<'call>) -> Result<SamplesRef<'call>> {
    input.memory(name).map(Memory::read)
}

/// The output as samples of the type that a kernel makes.
///
/// # Errors
///
/// `ERR_IMAGE_DTYPE` for another type, `ERR_IMAGE_BUFFER` for another length than the shape's.
pub fn out_view<'call, T: Sample>(
    out: SamplesMut<'call>,
    shape: Shape,
) -> Result<ImageViewMut<'call, T>> {
    let given = out.type_name();
    let Some(samples) = out.of::<T>() else {
        let message = format!("out is {given}; expected {}", T::NAME);
        return Err(coded("ERR_IMAGE_DTYPE", &message));
    };
    ImageViewMut::new(samples, shape).map_err(shape_error)
}

/// Runs an expression with the slice of whatever type samples have.
#[macro_export]
macro_rules! each_type {
    ($samples:expr, $slice:ident => $body:expr) => {
        match $samples {
            ::tagswitch_image::SamplesRef::U8($slice) => $body,
            ::tagswitch_image::SamplesRef::U16($slice) => $body,
            ::tagswitch_image::SamplesRef::I32($slice) => $body,
            ::tagswitch_image::SamplesRef::F32($slice) => $body,
            ::tagswitch_image::SamplesRef::F64($slice) => $body,
        }
    };
}

/// Borrows an image and what a kernel writes to, and runs it on views of them:
/// `run_kernel!(image: shape, out: shape => util::invert(image, signed_float, out))`.
#[macro_export]
macro_rules! run_kernel {
    ($image:ident: $shape:expr, $out:ident: $to:expr => $kernel:expr) => {{
        let ([image], out) = $crate::samples::borrow(["image"], [$image], $out)?;
        $crate::each_type!(image, samples => {
            let $image = ::tagswitch_image::ImageView::new(samples, $shape)
                .map_err($crate::error::shape_error)?;
            let $out = $crate::samples::out_view(out, $to)?;
            $kernel.map_err($crate::error::kernel_error)
        })
    }};
}

/// As `each_type`, for labels, which are integers; floats are `ERR_IMAGE_DTYPE`. The expression is a `Result` of the addon.
#[macro_export]
macro_rules! each_label {
    ($name:literal, $samples:expr, $slice:ident => $body:expr) => {
        match $samples {
            ::tagswitch_image::SamplesRef::U8($slice) => $body,
            ::tagswitch_image::SamplesRef::U16($slice) => $body,
            ::tagswitch_image::SamplesRef::I32($slice) => $body,
            floats => {
                let given = floats.type_name();
                let message =
                    format!(concat!($name, " is {}; expected uint8, uint16 or int32"), given);
                Err($crate::error::coded("ERR_IMAGE_DTYPE", &message))
            }
        }
    };
}

/// As [`each_type`], for a pair of slices of the same type; others are `ERR_IMAGE_DTYPE`.
#[macro_export]
macro_rules! each_pair {
    ($pair:expr, ($first:ident, $second:ident) => $body:expr) => {{
        use ::tagswitch_image::SamplesRef;
        match $pair {
            (SamplesRef::U8($first), SamplesRef::U8($second)) => $body,
            (SamplesRef::U16($first), SamplesRef::U16($second)) => $body,
            (SamplesRef::I32($first), SamplesRef::I32($second)) => $body,
            (SamplesRef::F32($first), SamplesRef::F32($second)) => $body,
            (SamplesRef::F64($first), SamplesRef::F64($second)) => $body,
            (first, second) => {
                let (first, second) = (first.type_name(), second.type_name());
                let message = format!("the images are {first} and {second}; expected the same");
                Err($crate::error::coded("ERR_IMAGE_DTYPE", &message))
            }
        }
    }};
}
