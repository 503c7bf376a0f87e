// Of two images what their similarity is computed of, and where the samples of a window along one axis lie.
override CHANNELS: u32 = 1u;

struct Both {
  // How much greater the first image's sample is, and the second image's.
  value: vec2<f32>,
  // The second image's word, for levels of 32 bits.
  word: u32,
}

fn samples(i: u32) -> Both {
  let word = word_of(i);
  let first = source_word(word);
  let other = other_word(word);
  let second = value_in(other, i);
  var difference = value_in(first, i) - second;
  if (DTYPE == 2u) {
    difference = level_distance(level_in(first, i), level_in(other, i));
  }
  return Both(vec2(difference, second) * params.scale, other);
}

// How much greater samples are than others, with the digits of levels of 32 bits too.
fn apart(some: Both, others: Both) -> vec2<f32> {
  var difference = some.value - others.value;
  if (DTYPE == 2u) {
    difference.y = level_distance(bitcast<i32>(some.word), bitcast<i32>(others.word)) * params.scale;
  }
  return difference;
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
