// The threshold of a pixel by means over its window: of what is left of the samples less its own, and of the squares of that.

// mean · (1 - damping) + (by_mean · mean + shift) · deviation
struct Weights {
  damping: f32,
  by_mean: f32,
  shift: f32,
}

// What differences are to be multiplied by, a power of two, where squares leave the range of floats, or lose digits at its lower end.
fn scale_for(own: f32, mean_square: f32) -> f32 {
  if (mean_square > 1e37) {
    return exp2(-64.0);
  }
  return select(1.0, exp2(64.0), mean_square < 1e-30 && abs(own) < 1e-9);
}

fn threshold_of(own: f32, means: vec2<f32>, scale: f32, weights: Weights) -> f32 {
  let mean = own + means.x / scale;
  let deviation = sqrt(max(means.y - means.x * means.x, 0.0)) / scale;
  return mean * (1.0 - weights.damping) + (weights.by_mean * mean + weights.shift) * deviation;
}
