// What the derivative is made of, five for each sample: by how much similarity rises with what difference and second image have more
// than in the window's mean, that mean less the sample's own, and by how much it rises with all of the window.
@group(0) @binding(7) var<storage, read_write> terms: array<f32>;

fn keep_terms(i: u32, slopes: vec2<f32>, means: vec2<f32>, rise: f32) {
  let at = 5u * i - params.terms_first;
  terms[at] = slopes.x;
  terms[at + 1u] = slopes.y;
  terms[at + 2u] = means.x;
  terms[at + 3u] = means.y;
  terms[at + 4u] = rise;
}
