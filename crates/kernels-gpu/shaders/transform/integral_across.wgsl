// Running sums along the rows, one workgroup each: four samples to an invocation, 1,024 at a time, the total carried on.
struct Params {
  width: u32,
  // The rows to do, and the first word of what is bound of the source and the first sum.
  top: u32,
  rows: u32,
  first_word: u32,
  sums_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> sums: array<Wide>;

alias Element = Wide;

fn combined(a: Wide, b: Wide) -> Wide {
  return wide_sum(a, b);
}

@compute @workgroup_size(256)
fn main(at: Invocation) {
  let place = line(at.group, at.groups);
  let row = params.top + place;
  var carry = Wide();
  for (var first = 0u; first < params.width; first += 1024u) {
    let start = first + 4u * place_of(at);
    let end = select(start, min(start + 4u, params.width), place < params.rows);
    var own = Wide();
    for (var x = start; x < end; x++) {
      own = wide_sum(own, wide(source_level(row * params.width + x)));
    }
    let others = scanned(own, at);
    var sum = wide_sum(carry, others.before);
    for (var x = start; x < end; x++) {
      sum = wide_sum(sum, wide(source_level(row * params.width + x)));
      sums[row * params.width + x - params.sums_first] = sum;
    }
    carry = wide_sum(carry, others.all);
  }
}
