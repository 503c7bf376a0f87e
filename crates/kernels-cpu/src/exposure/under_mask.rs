use std::borrow::Cow;

use tagswitch_image::Sample;

/// The samples where a mask of as many is not 0, in their order; all of them without one.
pub(super) fn under<'a, T: Sample>(mask: Option<&[u8]>, samples: &'a [T]) -> Cow<'a, [T]> {
    let Some(mask) = mask else { return samples.into() };
    let mut kept = vec![T::default(); samples.len()];
    let mut count = 0;
    // Every sample is written, and the next one over it unless it counts: there is no branch to be guessed.
    for (&sample, &m) in samples.iter().zip(mask) {
        kept[count] = sample;
        count += usize::from(m != 0);
    }
    kept.truncate(count);
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_counts() {
        let samples = [3u16, 1, 4, 1, 5];
        assert_eq!(under(None, &samples)[..], samples);
        assert_eq!(under(Some(&[0, 2, 255, 0, 1]), &samples)[..], [1, 4, 5]);
        assert_eq!(under(Some(&[1; 5]), &samples)[..], samples);
        assert_eq!(under(Some(&[0; 5]), &samples)[..], [0u16; 0]);
    }
}
