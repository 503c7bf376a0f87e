// Luminance of RGB with the weights of Poynton's colour FAQ (ITU-R BT.709), as in scikit-image.
struct Rgb2gray {
  scale: f32,
}

fn rgb2gray(x: vec3<u32>, dtype: u32, options: Rgb2gray) -> u32 {
  return bitcast<u32>(dot(numbers(x, dtype), vec3(0.2125, 0.7154, 0.0721)) * options.scale);
}
