// Boxes of regions, and sums of their pixels' rows and columns to the second order.
struct Params {
  width: u32,
  // The place of the tile's first pixel, and how many there are.
  first: u32,
  count: u32,
}

@group(0) @binding(0) var<storage, read> params: Params;

fn add_run(label: u32, i: u32, row: u32, column: u32, length: u32) {
  let place = 15u * label;
  atomicAdd(&sums[place], length);
  atomicMax(&sums[place + 1u], ~row);
  atomicMax(&sums[place + 2u], row);
  atomicMax(&sums[place + 3u], ~column);
  atomicMax(&sums[place + 4u], column + length - 1u);
  // Sums of the numbers below the length, and of their squares.
  let numbers = length * (length - 1u) / 2u;
  let squares = numbers * (2u * length - 1u) / 3u;
  let columns = long_sum(product(column, length), vec2(0u, numbers));
  add(place + 5u, product(row, length));
  add(place + 7u, columns);
  add(place + 9u, times(product(row, row), length));
  add(place + 11u, times(columns, row));
  let mixed = long_sum(product(column, 2u * numbers), vec2(0u, squares));
  add(place + 13u, long_sum(times(product(column, column), length), mixed));
}
