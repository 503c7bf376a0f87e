// Similarities that are only summed.
const KEEPS: bool = false;

fn keep(i: u32, similarity: f32) {}
