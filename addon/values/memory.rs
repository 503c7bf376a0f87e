//! Where typed arrays have their samples.

use std::marker::PhantomData;
use std::ops::Range;
use std::ptr;

use napi::sys;
use tagswitch_image::{SamplesMut, SamplesRef};

use crate::error::{Result, coded};
use crate::{freed_memory, large_pages};

/// Why samples cannot be borrowed.
#[derive(Clone, Copy)]
pub enum Fault {
    NoSamples,
    Shared,
    Empty,
    Misaligned,
}

/// Where a typed array's samples lie: not detached, not shared, aligned.
#[derive(Clone, Copy)]
pub struct Memory<'call> {
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
    /// # Safety
    ///
    /// `value` must be a value of `env`, in a scope of handles that is open.
    pub unsafe fn at(
        env: sys::napi_env,
        value: sys::napi_value,
    ) -> std::result::Result<Self, Fault> {
        let (mut kind, mut len, mut offset) = (0, 0, 0);
        let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: environment and value are the caller's word; the rest are places for results. A value that is no typed array
        // makes a status, not an error in memory.
        let status = unsafe {
            sys::napi_get_typedarray_info(
                env,
                value,
                &mut kind,
                &mut len,
                &mut data,
                &mut buffer,
                &mut offset,
            )
        };
        let kind = (status == sys::Status::napi_ok).then(|| Kind::of(kind)).flatten();
        let kind = kind.ok_or(Fault::NoSamples)?;
        let mut unshared = false;
        // SAFETY: as above; `buffer` is the one just got.
        if unsafe { sys::napi_is_arraybuffer(env, buffer, &mut unshared) } != sys::Status::napi_ok
            || !unshared
        {
            return Err(Fault::Shared);
        }
        if data.is_null() || len == 0 {
            return Err(Fault::Empty);
        }
        if !(data as usize).is_multiple_of(kind.size()) {
            return Err(Fault::Misaligned);
        }
        Ok(Self { kind, data: data.cast(), len, call: PhantomData })
    }

    fn addresses(&self) -> Range<usize> {
        let start = self.data as usize;
        start..start + self.len * self.kind.size()
    }

    /// The same, unless it shares memory with outputs.
    pub fn apart_from(self, outs: &[Option<Self>], name: &str) -> Result<Self> {
        let own = self.addresses();
        let overlaps = |out: Range<usize>| own.start < out.end && out.start < own.end;
        if !outs.iter().flatten().any(|out| overlaps(out.addresses())) {
            return Ok(self);
        }
        let message = format!("out shares memory with {name}; expected memory of its own");
        Err(coded("ERR_IMAGE_BUFFER", &message))
    }

    /// The samples. Sound as long as none of them is borrowed for writing: `borrow_asked` sees to it.
    pub fn read(self) -> SamplesRef<'call> {
        macro_rules! slice {
            ($variant:ident) => {
                // SAFETY: the engine gave `len` aligned samples of this type at `data`. They stay for the call: its
                // handle keeps the array alive and no JavaScript, which alone could detach or write the buffer, runs. Off
                // that thread `off_thread` keeps it, and no JavaScript but the library's knows of it.
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

    /// As [`read`](Self::read), for writing. Sound as long as nothing else borrows this memory: see `borrow_asked`.
    pub fn write(self) -> SamplesMut<'call> {
        freed_memory::keep();
        large_pages::advise(self.data, self.len * self.kind.size());
        macro_rules! slice {
            ($variant:ident) => {
                // SAFETY: as in `read`; and `borrow_asked`, the only caller, makes such slices only of memory that overlaps no other.
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
