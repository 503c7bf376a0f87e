// Similarities of all samples, those in the margin too.
@group(0) @binding(5) var<storage, read_write> similarities: array<f32>;

const KEEPS: bool = true;

fn keep(i: u32, similarity: f32) {
  similarities[i - params.kept_first] = similarity;
}
