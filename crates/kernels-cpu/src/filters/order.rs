//! Samples as integers in the same order.

use tagswitch_image::{ImageView, Sample, Shape};

use super::row_window::RowSource;

/// Samples that can be sorted. NaN counts as greater than any number, and as itself only.
pub trait Ordered: Sample {
    /// An integer for each sample; where samples rise, so do these.
    type Rank: Copy + Ord + Default + From<u8> + TryInto<u8>;
    /// That of this sample.
    fn rank(self) -> Self::Rank;
    /// The sample of this rank.
    fn of_rank(rank: Self::Rank) -> Self;

    /// Those of many samples.
    #[inline(always)]
    fn ranks(samples: &[Self], ranks: &mut [Self::Rank]) {
        for (rank, &sample) in ranks.iter_mut().zip(samples) {
            *rank = sample.rank();
        }
    }
}

macro_rules! integer {
    ($($type:ident),+) => {
        $(impl Ordered for $type {
            type Rank = Self;

            #[inline(always)]
            fn rank(self) -> Self {
                self
            }

            #[inline(always)]
            fn of_rank(rank: Self) -> Self {
                rank
            }
        })+
    };
}

macro_rules! float {
    ($type:ident, $bits:ident) => {
        impl Ordered for $type {
            type Rank = $bits;

            #[inline(always)]
            fn rank(self) -> $bits {
                let bits = self.to_bits() as $bits;
                // Below 0 the bits count the other way.
                let rank = bits ^ ((bits >> ($bits::BITS - 1)) & $bits::MAX);
                if self.is_nan() { $bits::MAX } else { rank }
            }

            #[inline(always)]
            fn of_rank(rank: $bits) -> Self {
                let bits = rank ^ ((rank >> ($bits::BITS - 1)) & $bits::MAX);
                $type::from_bits(bits.cast_unsigned())
            }

            #[inline(always)]
            fn ranks(samples: &[Self], ranks: &mut [$bits]) {
                let mut greatest = 0;
                for (rank, &sample) in ranks.iter_mut().zip(samples) {
                    let bits = sample.to_bits();
                    *rank = bits.cast_signed();
                    greatest = bits.max(greatest);
                }
                // The bits of numbers that have no sign are their ranks; others are greater.
                if greatest > $type::INFINITY.to_bits() {
                    for (rank, &sample) in ranks.iter_mut().zip(samples) {
                        *rank = sample.rank();
                    }
                }
            }
        }
    };
}

integer!(u8, u16, i32);
float!(f32, i32);
float!(f64, i64);

/// An image's samples as their ranks.
pub struct Ranks<'a, T>(pub ImageView<'a, T>);

impl<T: Ordered> RowSource<T::Rank> for Ranks<'_, T> {
    #[inline(always)]
    fn shape(&self) -> Shape {
        self.0.shape()
    }

    #[inline(always)]
    fn write(&mut self, y: usize, row: &mut [T::Rank]) {
        T::ranks(self.0.row(y), row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_keep_their_order() {
        let rising = [
            f32::NEG_INFINITY,
            f32::MIN,
            -1.5,
            -1e-40,
            -0.0,
            0.0,
            1e-40,
            2.0,
            f32::MAX,
            f32::INFINITY,
        ];
        assert!(rising.is_sorted_by(|a, b| a.rank() < b.rank()));
        for value in rising {
            assert_eq!(f32::of_rank(value.rank()).to_bits(), value.to_bits());
            assert!(f64::from(value).rank() < f64::NAN.rank());
        }
        for count in 0..=rising.len() {
            let mut ranks = [0; 10];
            f32::ranks(&rising[count..], &mut ranks[count..]);
            assert!(ranks[count..].iter().zip(&rising[count..]).all(|(&a, b)| a == b.rank()));
        }
        for nan in [f32::NAN, -f32::NAN] {
            let mut ranks = [0; 2];
            f32::ranks(&[1.0, nan], &mut ranks);
            assert_eq!(ranks, [1f32.rank(), nan.rank()]);
            assert!(nan.rank() > f32::INFINITY.rank());
            assert!(f32::of_rank(nan.rank()).is_nan());
        }
    }
}
