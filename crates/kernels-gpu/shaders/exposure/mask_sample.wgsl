// Samples and a mask of the same size, of any dtypes.
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read> mask: array<u32>;

override DTYPE: u32 = 3u;
override MASK_DTYPE: u32 = 3u;

fn sample_at(i: u32) -> u32 {
  return sample_in(source[word_of(i, DTYPE)], i, DTYPE);
}

// Whether the mask is not 0, either one of floats; NaN is not, and neither are denormals.
fn is_under_mask(i: u32) -> bool {
  let bits = sample_in(mask[word_of(i, MASK_DTYPE)], i, MASK_DTYPE);
  return select(bits, bits & 0x7fffffffu, MASK_DTYPE == F32) != 0u;
}
