// sRGB, CIE XYZ and CIE L*a*b*, for several point-wise functions: IEC 61966-2-1:1999 and ISO/CIE 11664-4, with scikit-image's
// constants.

// Whether a pixel of floats holds NaN, which every channel of the result gets.
fn has_nan(x: vec3<u32>, dtype: u32) -> bool {
  return dtype == F32 && (is_nan(x.x) || is_nan(x.y) || is_nan(x.z));
}

fn xyz_of_rgb(rgb: vec3<f32>) -> vec3<f32> {
  let power = pow(max((rgb + 0.055) / 1.055, vec3(0.0)), vec3(2.4));
  let light = select(rgb / 12.92, power, rgb > vec3(0.04045));
  return vec3(
    dot(light, vec3(0.412453, 0.35758, 0.180423)),
    dot(light, vec3(0.212671, 0.71516, 0.072169)),
    dot(light, vec3(0.019334, 0.119193, 0.950227)),
  );
}

// As bits: NaN where infinities cancel, of which `clamp` makes a number.
fn rgb_of_xyz(xyz: vec3<f32>) -> vec3<u32> {
  let light = vec3(
    dot(xyz, vec3(3.24048134, -1.53715152, -0.49853633)),
    dot(xyz, vec3(-0.96925495, 1.87599, 0.04155593)),
    dot(xyz, vec3(0.05564664, -0.20404134, 1.05731107)),
  );
  let power = 1.055 * pow(max(light, vec3(0.0)), vec3(1.0 / 2.4)) - 0.055;
  let encoded = select(12.92 * light, power, light > vec3(0.0031308));
  let bits = bitcast<vec3<u32>>(light);
  let cancelled = vec3(is_nan(bits.x), is_nan(bits.y), is_nan(bits.z));
  return select(bitcast<vec3<u32>>(clamp(encoded, vec3(0.0), vec3(1.0))), vec3(NAN), cancelled);
}
