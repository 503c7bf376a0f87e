use crate::Sample;

/// Samples of a type known only when the program runs.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the types say it")]
pub enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

/// As [`Samples`], borrowed.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the types say it")]
pub enum SamplesRef<'a> {
    U8(&'a [u8]),
    U16(&'a [u16]),
    I32(&'a [i32]),
    F32(&'a [f32]),
    F64(&'a [f64]),
}

/// As [`Samples`], borrowed for writing.
#[derive(Debug)]
#[allow(missing_docs, reason = "the types say it")]
pub enum SamplesMut<'a> {
    U8(&'a mut [u8]),
    U16(&'a mut [u16]),
    I32(&'a mut [i32]),
    F32(&'a mut [f32]),
    F64(&'a mut [f64]),
}

impl Samples {
    /// The samples, borrowed.
    pub fn as_ref(&self) -> SamplesRef<'_> {
        match self {
            Self::U8(samples) => SamplesRef::U8(samples),
            Self::U16(samples) => SamplesRef::U16(samples),
            Self::I32(samples) => SamplesRef::I32(samples),
            Self::F32(samples) => SamplesRef::F32(samples),
            Self::F64(samples) => SamplesRef::F64(samples),
        }
    }
}

impl SamplesRef<'_> {
    /// How many.
    #[allow(clippy::len_without_is_empty, reason = "images are never empty")]
    pub fn len(self) -> usize {
        match self {
            Self::U8(samples) => samples.len(),
            Self::U16(samples) => samples.len(),
            Self::I32(samples) => samples.len(),
            Self::F32(samples) => samples.len(),
            Self::F64(samples) => samples.len(),
        }
    }

    /// NumPy's name of the type.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::U8(_) => u8::NAME,
            Self::U16(_) => u16::NAME,
            Self::I32(_) => i32::NAME,
            Self::F32(_) => f32::NAME,
            Self::F64(_) => f64::NAME,
        }
    }

    /// A copy.
    pub fn to_samples(self) -> Samples {
        match self {
            Self::U8(samples) => Samples::U8(samples.to_vec()),
            Self::U16(samples) => Samples::U16(samples.to_vec()),
            Self::I32(samples) => Samples::I32(samples.to_vec()),
            Self::F32(samples) => Samples::F32(samples.to_vec()),
            Self::F64(samples) => Samples::F64(samples.to_vec()),
        }
    }
}

impl<'a> SamplesMut<'a> {
    /// NumPy's name of the type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::U8(_) => u8::NAME,
            Self::U16(_) => u16::NAME,
            Self::I32(_) => i32::NAME,
            Self::F32(_) => f32::NAME,
            Self::F64(_) => f64::NAME,
        }
    }

    /// The slice, if its samples are of this type.
    pub fn of<T: Sample>(self) -> Option<&'a mut [T]> {
        T::slice_mut(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_type() {
        let samples = Samples::U16(vec![1, 2]);
        assert_eq!((samples.as_ref().type_name(), samples.as_ref().len()), ("uint16", 2));
        assert_eq!(samples.as_ref().to_samples(), samples);
        let mut doubles = [0.5];
        assert_eq!(SamplesMut::F64(&mut doubles).of::<f32>(), None);
        assert_eq!(SamplesMut::F64(&mut doubles).of::<f64>(), Some(&mut [0.5][..]));
    }
}
