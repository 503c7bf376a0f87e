//! Samples as integers in the same order.

use tagswitch_image::Sample;

/// Samples that can be sorted. NaN counts as greater than any number, and as itself only.
pub trait Ordered: Sample {
    /// An integer for each sample; where samples rise, so do these.
    type Rank: Copy + Ord + Default + From<u8> + TryInto<u8>;
    /// That of this sample.
    fn rank(self) -> Self::Rank;
    /// The sample of this rank.
    fn of_rank(rank: Self::Rank) -> Self;
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
                let rank = if bits < 0 { bits ^ $bits::MAX } else { bits };
                if self.is_nan() { $bits::MAX } else { rank }
            }

            #[inline(always)]
            fn of_rank(rank: $bits) -> Self {
                let bits = if rank < 0 { rank ^ $bits::MAX } else { rank };
                $type::from_bits(bits.cast_unsigned())
            }
        }
    };
}

integer!(u8, u16, i32);
float!(f32, i32);
float!(f64, i64);

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
        for nan in [f32::NAN, -f32::NAN] {
            assert!(nan.rank() > f32::INFINITY.rank());
            assert!(f32::of_rank(nan.rank()).is_nan());
        }
    }
}
