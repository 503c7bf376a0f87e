// Of two images what their similarity is computed of, and where the samples of a window along one axis lie.
override CHANNELS: u32 = 1u;

// How much greater the first image's sample is, and the second image's.
fn samples(i: u32) -> vec2<f32> {
  let word = word_of(i);
  let second = value_in(other_word(word), i);
  return vec2(value_in(source_word(word), i) - second, second) * params.scale;
}

// The sample at a place of the window down the rows, from 0 to twice its reach.
fn down_to(i: u32, k: u32) -> u32 {
  let row = border(i32(i / params.line + k) - i32(params.reach), i32(params.height));
  return u32(row) * params.line + i % params.line;
}

// The same across the columns.
fn across_to(i: u32, k: u32) -> u32 {
  let place = i % params.line;
  let column = border(i32(place / CHANNELS + k) - i32(params.reach), i32(params.line / CHANNELS));
  return i - place + u32(column) * CHANNELS + place % CHANNELS;
}
