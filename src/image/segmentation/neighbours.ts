const EDGES = [
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, 0],
] as const;
const CORNERS = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
] as const;

/**
 * Gives the neighbours inside an image of a pixel, by its number in raster order: first those that share an edge, then those that share a
 * corner, each in raster order.
 */
export function neighbours(width: number, height: number, connectivity: 1 | 2): (pixel: number) => number[] {
  const offsets = connectivity === 2 ? [...EDGES, ...CORNERS] : EDGES;
  return (pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return offsets.flatMap(([down, right]) => {
      const [r, c] = [row + down, column + right];
      return r < 0 || c < 0 || r >= height || c >= width ? [] : [r * width + c];
    });
  };
}
