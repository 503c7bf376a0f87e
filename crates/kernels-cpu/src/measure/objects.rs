use tagswitch_image::Sample;

/// Pixels that are looked at together.
pub const LANES: usize = 64;

/// Room for a row's pixels in groups of [`LANES`], with one before them and one behind; nowhere an object.
pub fn line_of(width: usize) -> Vec<u8> {
    vec![0; (width + 1).next_multiple_of(LANES) + 2]
}

/// Puts 1 where a row is above 0 into a line, and 0 elsewhere, as for rows that there are none of.
#[inline(always)]
pub fn mark<T: Sample>(row: Option<&[T]>, line: &mut [u8]) {
    let Some(row) = row else { return line.fill(0) };
    for (pixel, &sample) in line[1..].iter_mut().zip(row) {
        *pixel = u8::from(sample > T::default());
    }
}

/// The groups of a line, beginning so many pixels from its start: 0 to 2.
#[inline(always)]
pub fn groups(line: &[u8], start: usize) -> &[[u8; LANES]] {
    line[start..line.len() - 2 + start].as_chunks().0
}
