// What pixels are compared by: the level of integers, the bits of floats cut to whole numbers, as scikit-image does.
// There is one zero and one NaN.
const NAN: u32 = 0x7fc00000u;

fn pixel_class(i: u32) -> u32 {
  if (DTYPE != 3u) {
    return bitcast<u32>(source_level(i));
  }
  let bits = source[i];
  let exponent = (bits >> 23u) & 0xffu;
  if (exponent < 127u) {
    return 0u;
  }
  if (is_nan(bits)) {
    return NAN;
  }
  if (exponent >= 150u) {
    return bits;
  }
  return bits & ~(0x7fffffu >> (exponent - 127u));
}
