// Medians of full 3 × 3 and 5 × 5 neighbourhoods by comparisons alone: columns are sorted, and sorted lists are put together
// by Batcher's odd-even merges, of which those comparisons are left that the median depends on.

override SIDE: u32 = 3u;

fn in_order(a: i32, b: i32) -> vec2<i32> {
  return vec2(min(a, b), max(a, b));
}

fn median_of_3(a: i32, b: i32, c: i32) -> i32 {
  return max(min(a, b), min(max(a, b), c));
}

// Least, middle and greatest of a column.
fn sorted_3(y: i32, x: i32) -> vec3<i32> {
  let a = rank_at(y - 1, x);
  let b = rank_at(y, x);
  let c = rank_at(y + 1, x);
  return vec3(min(a, min(b, c)), median_of_3(a, b, c), max(a, max(b, c)));
}

fn median_of_9(y: i32, x: i32) -> i32 {
  let a = sorted_3(y, x - 1);
  let b = sorted_3(y, x);
  let c = sorted_3(y, x + 1);
  return median_of_3(max(a.x, max(b.x, c.x)), median_of_3(a.y, b.y, c.y), min(a.z, min(b.z, c.z)));
}

fn sorted_5(y: i32, x: i32) -> array<i32, 5> {
  var v = array<i32, 5>(rank_at(y - 2, x), rank_at(y - 1, x), rank_at(y, x), rank_at(y + 1, x), rank_at(y + 2, x));
  var p: vec2<i32>;
  p = in_order(v[0], v[1]); v[0] = p.x; v[1] = p.y; p = in_order(v[3], v[4]); v[3] = p.x; v[4] = p.y;
  p = in_order(v[2], v[4]); v[2] = p.x; v[4] = p.y; p = in_order(v[2], v[3]); v[2] = p.x; v[3] = p.y;
  p = in_order(v[0], v[3]); v[0] = p.x; v[3] = p.y; p = in_order(v[0], v[2]); v[0] = p.x; v[2] = p.y;
  p = in_order(v[1], v[4]); v[1] = p.x; v[4] = p.y; p = in_order(v[1], v[3]); v[1] = p.x; v[3] = p.y;
  p = in_order(v[1], v[2]); v[1] = p.x; v[2] = p.y;
  return v;
}

fn merged(a: array<i32, 5>, b: array<i32, 5>) -> array<i32, 10> {
  var v = array<i32, 10>(a[0], a[1], a[2], a[3], a[4], b[0], b[1], b[2], b[3], b[4]);
  var p: vec2<i32>;
  p = in_order(v[0], v[5]); v[0] = p.x; v[5] = p.y; p = in_order(v[4], v[9]); v[4] = p.x; v[9] = p.y;
  p = in_order(v[4], v[5]); v[4] = p.x; v[5] = p.y; p = in_order(v[2], v[7]); v[2] = p.x; v[7] = p.y;
  p = in_order(v[2], v[4]); v[2] = p.x; v[4] = p.y; p = in_order(v[7], v[5]); v[7] = p.x; v[5] = p.y;
  p = in_order(v[1], v[6]); v[1] = p.x; v[6] = p.y; p = in_order(v[3], v[8]); v[3] = p.x; v[8] = p.y;
  p = in_order(v[3], v[6]); v[3] = p.x; v[6] = p.y; p = in_order(v[1], v[2]); v[1] = p.x; v[2] = p.y;
  p = in_order(v[3], v[4]); v[3] = p.x; v[4] = p.y; p = in_order(v[6], v[7]); v[6] = p.x; v[7] = p.y;
  p = in_order(v[8], v[5]); v[8] = p.x; v[5] = p.y;
  return array<i32, 10>(v[0], v[1], v[2], v[3], v[4], v[6], v[7], v[8], v[5], v[9]);
}

fn median_of_25(y: i32, x: i32) -> i32 {
  let a = merged(sorted_5(y, x - 2), sorted_5(y, x - 1));
  let b = merged(sorted_5(y, x), sorted_5(y, x + 1));
  let c = sorted_5(y, x + 2);
  var v = array<i32, 25>(
    a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
    c[0], c[1], c[2], c[3], c[4],
  );
  var p: vec2<i32>;
  p = in_order(v[0], v[10]); v[0] = p.x; v[10] = p.y; p = in_order(v[8], v[18]); v[8] = p.x; v[18] = p.y;
  p = in_order(v[8], v[10]); v[8] = p.x; v[10] = p.y; p = in_order(v[4], v[14]); v[4] = p.x; v[14] = p.y;
  p = in_order(v[4], v[8]); v[4] = p.x; v[8] = p.y; p = in_order(v[14], v[10]); v[14] = p.x; v[10] = p.y;
  p = in_order(v[2], v[12]); v[2] = p.x; v[12] = p.y; p = in_order(v[6], v[16]); v[6] = p.x; v[16] = p.y;
  p = in_order(v[6], v[12]); v[6] = p.x; v[12] = p.y; p = in_order(v[6], v[8]); v[6] = p.x; v[8] = p.y;
  p = in_order(v[12], v[14]); v[12] = p.x; v[14] = p.y; p = in_order(v[1], v[11]); v[1] = p.x; v[11] = p.y;
  p = in_order(v[9], v[19]); v[9] = p.x; v[19] = p.y; p = in_order(v[9], v[11]); v[9] = p.x; v[11] = p.y;
  p = in_order(v[5], v[15]); v[5] = p.x; v[15] = p.y; p = in_order(v[5], v[9]); v[5] = p.x; v[9] = p.y;
  p = in_order(v[15], v[11]); v[15] = p.x; v[11] = p.y; p = in_order(v[3], v[13]); v[3] = p.x; v[13] = p.y;
  p = in_order(v[7], v[17]); v[7] = p.x; v[17] = p.y; p = in_order(v[7], v[13]); v[7] = p.x; v[13] = p.y;
  p = in_order(v[7], v[9]); v[7] = p.x; v[9] = p.y; p = in_order(v[13], v[15]); v[13] = p.x; v[15] = p.y;
  p = in_order(v[7], v[8]); v[7] = p.x; v[8] = p.y; p = in_order(v[9], v[12]); v[9] = p.x; v[12] = p.y;
  p = in_order(v[13], v[14]); v[13] = p.x; v[14] = p.y; p = in_order(v[7], v[20]); v[7] = p.x; v[20] = p.y;
  p = in_order(v[13], v[24]); v[13] = p.x; v[24] = p.y; p = in_order(v[13], v[20]); v[13] = p.x; v[20] = p.y;
  p = in_order(v[9], v[22]); v[9] = p.x; v[22] = p.y; p = in_order(v[22], v[20]); v[22] = p.x; v[20] = p.y;
  p = in_order(v[8], v[21]); v[8] = p.x; v[21] = p.y; p = in_order(v[14], v[21]); v[14] = p.x; v[21] = p.y;
  p = in_order(v[12], v[23]); v[12] = p.x; v[23] = p.y; p = in_order(v[12], v[14]); v[12] = p.x; v[14] = p.y;
  p = in_order(v[14], v[22]); v[14] = p.x; v[22] = p.y;
  return v[14];
}

fn median_at(y: i32, x: i32) -> i32 {
  if (SIDE == 3u) {
    return median_of_9(y, x);
  }
  return median_of_25(y, x);
}
