//! Typed arrays as slices, without a copy.

use std::marker::PhantomData;
use std::ops::Range;
use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue};
use napi::{ValueType, sys};
use tagswitch_image::{ImageViewMut, Sample, SamplesMut, SamplesRef, Shape};

use super::{freed_memory, large_pages};
use crate::error::{Result, coded, shape_error};

/// An argument that should be a typed array of samples. What is wrong with it shows when it is borrowed, by one of our errors.
#[derive(Clone, Copy)]
pub struct TypedArray<'call> {
    env: sys::napi_env,
    value: sys::napi_value,
    call: PhantomData<&'call ()>,
}

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
        Ok(Self { env, value, call: PhantomData })
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

/// Borrows inputs to read and outputs to write, for the length of a synchronous call.
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
    let mut written = Vec::with_capacity(M);
    for out in outs {
        written.push(Memory::of(out, "out")?.apart_from(&written, "another out")?);
    }
    let mut read = [SamplesRef::U8(&[]); N];
    for ((read, array), name) in read.iter_mut().zip(inputs).zip(names) {
        *read = Memory::of(array, name)?.apart_from(&written, name)?.read();
    }
    let written: [Memory<'call>; M] =
        written.try_into().unwrap_or_else(|_| unreachable!("there are as many as outs"));
    Ok((read, written.map(Memory::write)))
}

/// Borrows an input to read, for the length of a synchronous call.
///
/// # Errors
///
/// As [`borrow`].
pub fn borrow_input<'call>(name: &str, input: TypedArray<'call>) -> Result<SamplesRef<'call>> {
    Memory::of(input, name).map(Memory::read)
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

/// Where a typed array's samples lie: not detached, not shared, aligned.
struct Memory<'call> {
    kind: Kind,
    data: *mut u8,
    len: usize,
    call: PhantomData<&'call ()>,
}

#[derive(Clone, Copy)]
enum Kind {
    U8,
    U16,
    I32,
    F32,
    F64,
}

impl Kind {
    fn of(kind: sys::napi_typedarray_type) -> Option<Self> {
        Some(match kind {
            sys::TypedarrayType::uint8_array | sys::TypedarrayType::uint8_clamped_array => Self::U8,
            sys::TypedarrayType::uint16_array => Self::U16,
            sys::TypedarrayType::int32_array => Self::I32,
            sys::TypedarrayType::float32_array => Self::F32,
            sys::TypedarrayType::float64_array => Self::F64,
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

impl<'call> Memory<'call> {
    fn of(array: TypedArray<'call>, name: &str) -> Result<Self> {
        let (mut kind, mut len, mut offset) = (0, 0, 0);
        let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: environment and value come from the call that this array is an argument of; the rest are places for
        // results. A value that is no typed array makes a status, not an error in memory.
        let status = unsafe {
            sys::napi_get_typedarray_info(
                array.env,
                array.value,
                &mut kind,
                &mut len,
                &mut data,
                &mut buffer,
                &mut offset,
            )
        };
        let kind = (status == sys::Status::napi_ok).then(|| Kind::of(kind)).flatten();
        let Some(kind) = kind else {
            let expected = "a Uint8Array, Uint16Array, Int32Array, Float32Array or Float64Array";
            return Err(coded("ERR_IMAGE_DTYPE", &format!("{name} is not {expected}")));
        };
        let refuse = |what: &str| Err(coded("ERR_IMAGE_BUFFER", &format!("{name} {what}")));
        let mut unshared = false;
        // SAFETY: as above; `buffer` is the one just got.
        if unsafe { sys::napi_is_arraybuffer(array.env, buffer, &mut unshared) }
            != sys::Status::napi_ok
            || !unshared
        {
            return refuse("lies in a SharedArrayBuffer, which other threads may write to");
        }
        if data.is_null() || len == 0 {
            return refuse("holds no samples (is its buffer detached?)");
        }
        if !(data as usize).is_multiple_of(kind.size()) {
            return refuse("does not begin at a multiple of its samples' size");
        }
        Ok(Self { kind, data: data.cast(), len, call: PhantomData })
    }

    fn addresses(&self) -> Range<usize> {
        let start = self.data as usize;
        start..start + self.len * self.kind.size()
    }

    /// The same, unless it shares memory with outputs.
    fn apart_from(self, outs: &[Self], name: &str) -> Result<Self> {
        let own = self.addresses();
        let overlaps = |out: Range<usize>| own.start < out.end && out.start < own.end;
        if !outs.iter().any(|out| overlaps(out.addresses())) {
            return Ok(self);
        }
        let message = format!("out shares memory with {name}; expected memory of its own");
        Err(coded("ERR_IMAGE_BUFFER", &message))
    }

    /// The samples. Sound as long as none of them is borrowed for writing: [`borrow_all`] sees to it.
    fn read(self) -> SamplesRef<'call> {
        macro_rules! slice {
            ($variant:ident) => {
                // SAFETY: the engine gave `len` aligned samples of this type at `data`. They stay for the call: its
                // handle keeps the array alive and no JavaScript, which alone could detach or write the buffer, runs.
                SamplesRef::$variant(unsafe {
                    std::slice::from_raw_parts(self.data.cast(), self.len)
                })
            };
        }
        match self.kind {
            Kind::U8 => slice!(U8),
            Kind::U16 => slice!(U16),
            Kind::I32 => slice!(I32),
            Kind::F32 => slice!(F32),
            Kind::F64 => slice!(F64),
        }
    }

    /// As [`read`](Self::read), for writing. Sound as long as nothing else borrows this memory: see [`borrow_all`].
    fn write(self) -> SamplesMut<'call> {
        freed_memory::keep();
        large_pages::advise(self.data, self.len * self.kind.size());
        macro_rules! slice {
            ($variant:ident) => {
                // SAFETY: as in `read`; and `borrow_all`, the only caller, makes such slices only of memory that overlaps no other.
                SamplesMut::$variant(unsafe {
                    std::slice::from_raw_parts_mut(self.data.cast(), self.len)
                })
            };
        }
        match self.kind {
            Kind::U8 => slice!(U8),
            Kind::U16 => slice!(U16),
            Kind::I32 => slice!(I32),
            Kind::F32 => slice!(F32),
            Kind::F64 => slice!(F64),
        }
    }
}

/// Runs an expression with the slice of whatever type samples have.
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
macro_rules! run_kernel {
    ($image:ident: $shape:expr, $out:ident: $to:expr => $kernel:expr) => {{
        let ([image], out) = $crate::image::samples::borrow(["image"], [$image], $out)?;
        $crate::image::samples::each_type!(image, samples => {
            let $image = ::tagswitch_image::ImageView::new(samples, $shape)
                .map_err($crate::error::shape_error)?;
            let $out = $crate::image::samples::out_view(out, $to)?;
            $kernel.map_err($crate::error::kernel_error)
        })
    }};
}

/// As `each_type`, for labels, which are integers; floats are `ERR_IMAGE_DTYPE`. The expression is a `Result` of the addon.
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

pub(super) use {each_label, each_pair, each_type, run_kernel};
