import { type ImageHeader, requireIntegers, requireOneChannel } from "../header.ts";
import { checkSamples, Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";

/** Which side of a boundary is marked, or what lies between pixels. */
export type BoundaryMode = "thick" | "inner" | "outer" | "subpixel";

/** Options of `segmentation.findBoundaries`. */
export interface FindBoundariesOptions extends OutOptions<Image<Uint8Array>> {
  /** 1 (default): neighbours share an edge; 2: an edge or a corner. */
  connectivity?: 1 | 2;
  /**
   * `"thick"` (default): every pixel with a neighbour of another label; `"inner"`: those of regions; `"outer"`: those of the background, and
   * where regions touch both sides; `"subpixel"`: what lies between two labels, in an image with a row and a column between any two.
   */
  mode?: BoundaryMode;
  /** The label of the background, for the modes `"inner"` and `"outer"`. Default 0. */
  background?: number;
}

/** What `segmentation.findBoundaries` is to do, checked and with defaults. */
export interface ResolvedFindBoundaries {
  readonly connectivity: 1 | 2;
  readonly mode: BoundaryMode;
  readonly background: number;
}

const OPTIONS: readonly string[] = ["connectivity", "mode", "background", "out"];
/** The modes, for others that find boundaries. */
export const BOUNDARY_MODES: readonly BoundaryMode[] = ["thick", "inner", "outer", "subpixel"];

/** Checks the arguments of `segmentation.findBoundaries` and applies the defaults. */
export function resolveFindBoundaries(labels: ImageHeader, options?: FindBoundariesOptions): ResolvedFindBoundaries {
  const operation = "segmentation.findBoundaries";
  const read = new OptionReader(operation, options, OPTIONS);
  const connectivity = read.oneOf("connectivity", 1, [1, 2]);
  const mode = read.oneOf("mode", "thick", BOUNDARY_MODES);
  const background = read.integer("background", 0);
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  return { connectivity, mode, background };
}

/**
 * Marks where labels meet: scikit-image's `find_boundaries`.
 *
 * In mode `"outer"` a pixel of a region is marked, as there, if the greatest label around it is not the least of those that are not background.
 *
 * @param labels one channel, `uint8`, `uint16` or `int32`.
 * @returns `uint8`, 1 on boundaries, the same shape; 2h - 1 × 2w - 1 of an image of h × w in mode `"subpixel"`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_DTYPE` for floats, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const findBoundaries: Operation<(labels: Image, options?: FindBoundariesOptions) => Image<Uint8Array>> =
  dispatchable(
    "segmentation.findBoundaries",
    { on: [0], optionNames: OPTIONS },
    function findBoundaries(labels: Image, options?: FindBoundariesOptions): Image<Uint8Array> {
      checkSamples(labels);
      return boundariesOf(labels, resolveFindBoundaries(labels, options));
    },
  );

/** The boundaries, by what was resolved. */
export function boundariesOf(
  image: Image,
  { connectivity, mode, background }: ResolvedFindBoundaries,
): Image<Uint8Array> {
  if (mode === "subpixel") return boundariesBetween(image);
  const { data, width, height } = image;
  const around = (i: number, diagonals: boolean): number[] => {
    const [row, column] = [Math.floor(i / width), i % width];
    const labels: number[] = [];
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, height - 1); r++) {
      for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, width - 1); c++) {
        if (diagonals || r === row || c === column) labels.push(data[r * width + c]!);
      }
    }
    return labels;
  };
  const marked = (i: number): boolean => {
    const own = data[i]!;
    if (around(i, connectivity === 2).every((other) => other === own)) return false;
    if (mode === "thick") return true;
    if (mode === "inner") return own !== background;
    const labels = around(i, true);
    return own === background || Math.max(...labels) !== Math.min(...labels.filter((other) => other !== background));
  };
  return new Image(
    Uint8Array.from(data, (_, i) => (marked(i) ? 1 : 0)),
    { width, height },
  );
}

/** The places between pixels where several labels meet. */
function boundariesBetween({ data, width, height }: Image): Image<Uint8Array> {
  const [rows, columns] = [2 * height - 1, 2 * width - 1];
  const marked = new Uint8Array(rows * columns).map((_, i) => {
    const [row, column] = [Math.floor(i / columns) / 2, (i % columns) / 2];
    const first = data[Math.floor(row) * width + Math.floor(column)];
    const lines = [Math.floor(row), Math.ceil(row)];
    const around = lines.flatMap((r) => [Math.floor(column), Math.ceil(column)].map((c) => data[r * width + c]));
    return around.some((label) => label !== first) ? 1 : 0;
  });
  return new Image(marked, { width: columns, height: rows });
}
