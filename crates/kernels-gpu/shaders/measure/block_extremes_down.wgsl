// The extremes of blocks down their columns, as marks: the greatest mark is that of the sample looked for.
struct Params {
  // Marks of the rows to do, and the first of them.
  count: u32,
  first: u32,
  // Samples in a row, and rows.
  row: u32,
  height: u32,
  // Rows of a block.
  rows: u32,
  // The mark of what fills blocks.
  cval: u32,
  // The first words of what is bound of the image, and of the marks.
  first_word: u32,
  marks_first: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(2) var<storage, read_write> marks: array<u32>;

// Whether the least samples are looked for.
override LEAST: bool = false;

fn mark_of(i: u32) -> u32 {
  let key = key_of(i);
  return select(key, ~key, LEAST && (DTYPE != 3u || key != NAN));
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let place = line(group, groups) * 256u + local;
  if (place >= params.count) {
    return;
  }
  let i = params.first + place;
  let top = i / params.row * params.rows;
  var most = select(0u, params.cval, top + params.rows > params.height);
  for (var y = top; y < min(top + params.rows, params.height); y++) {
    most = max(most, mark_of(y * params.row + i % params.row));
  }
  marks[i - params.marks_first] = most;
}
