use tagswitch_image::Sample;

use crate::filters::Ordered;

/// Levels of samples: integers that rise as these do, equal where they are. None if some are no numbers.
pub fn levels<T: Sample>(samples: &[T]) -> Option<Vec<u32>> {
    let is_float = T::exactly(0.5).is_some();
    if !is_float {
        let least = f64::from(i32::MIN);
        return Some(samples.iter().map(|sample| (sample.to_f64() - least) as u32).collect());
    }
    // −0 counts as 0.
    let narrow = |sample: &T| {
        let value = sample.to_f64() as f32;
        let rank = (value + 0.0).rank().cast_unsigned() ^ 1 << 31;
        (f64::from(value) == sample.to_f64()).then_some(rank)
    };
    samples.iter().map(narrow).collect::<Option<_>>().or_else(|| by_order(samples))
}

/// How many lesser samples there are of different value.
fn by_order<T: Sample>(samples: &[T]) -> Option<Vec<u32>> {
    let number = |(sample, i): (&T, u32)| {
        let value = sample.to_f64();
        (!value.is_nan()).then(|| ((value + 0.0).rank(), i))
    };
    let mut sorted = samples.iter().zip(0..).map(number).collect::<Option<Vec<_>>>()?;
    sorted.sort_unstable();
    let mut levels = vec![0; samples.len()];
    for (level, equal) in (0..).zip(sorted.chunk_by(|(a, _), (b, _)| a == b)) {
        for &(_, i) in equal {
            levels[i as usize] = level;
        }
    }
    Some(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rise<T: Sample>(samples: &[T]) -> bool {
        levels(samples).unwrap().is_sorted_by(|a, b| a < b)
    }

    #[test]
    fn rise_with_samples() {
        assert!(rise(&[0_u8, 7, 255]));
        assert!(rise(&[0_u16, 7, 65_535]));
        assert!(rise(&[i32::MIN, -1, 0, 1, i32::MAX]));
        assert!(rise(&[f32::NEG_INFINITY, -2.5, -1e-40, -0.0, 1e-40, 7.0, f32::INFINITY]));
        assert!(rise(&[f64::NEG_INFINITY, -0.5, 0.0, 2.0, f64::INFINITY]));
        assert!(rise(&[f64::MIN, -0.1, -0.0, 0.1, 0.1_f64.next_up(), f64::MAX]));
    }

    #[test]
    fn are_equal_where_samples_are_and_none_of_what_is_no_number() {
        for third in [0.5, 0.1] {
            let levels = levels(&[0.0, third, -0.0, third]).unwrap();
            assert_eq!([levels[0], levels[1]], [levels[2], levels[3]]);
        }
        assert_eq!(levels(&[0.0, f32::NAN]), None);
        assert_eq!(levels(&[0.1, -f64::NAN]), None);
    }
}
