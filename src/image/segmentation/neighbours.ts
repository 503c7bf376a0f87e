/** Ways from a pixel to others: how many rows down, and how many columns to the right. */
export type Offsets = readonly (readonly [down: number, right: number])[];

const EDGES: Offsets = [
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, 0],
];
const CORNERS: Offsets = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];

/** The ways to neighbours that share an edge, then, with connectivity 2, to those that share a corner, each in raster order. */
export function adjacent(connectivity: 1 | 2): Offsets {
  return connectivity === 2 ? [...EDGES, ...CORNERS] : EDGES;
}

/** Gives the neighbours inside an image of a pixel, by its number in raster order, in the order of the ways there. */
export function neighbours(width: number, height: number, connectivity: 1 | 2 | Offsets): (pixel: number) => number[] {
  const offsets = typeof connectivity === "number" ? adjacent(connectivity) : connectivity;
  return (pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return offsets.flatMap(([down, right]) => {
      const [r, c] = [row + down, column + right];
      return r < 0 || c < 0 || r >= height || c >= width ? [] : [r * width + c];
    });
  };
}
