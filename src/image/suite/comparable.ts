import { Image, type Samples } from "../image.ts";
import { RegionProperties } from "../measure/region.ts";
import { pixelsNeeded } from "../measure/region-options.ts";
import { needsIntensity, REGION_PROPERTIES, tableOf } from "../measure/region-table.ts";

/** What results are compared as: an image, a number, or a table of one image for each property, a row for each of its columns. */
export type Comparable = Image | number | Readonly<Record<string, Image>>;

/**
 * A result as what it is compared as: lists of images and of numbers become an image, and so do the parts of complex ones; regions and
 * columns a table.
 */
export function comparable(result: unknown): Comparable {
  if (Array.isArray(result)) {
    if (result[0] instanceof RegionProperties)
      return comparable(tableOf(result as RegionProperties[], namesOf(result[0])));
    if (result.length === 0) return {};
    if (result.every((element) => element instanceof Image)) return oneBelowTheOther(result);
    const numbers = Float64Array.from(result.flat() as number[]);
    return new Image(numbers, { width: numbers.length / result.length, height: result.length });
  }
  if (typeof result !== "object" || result === null || result instanceof Image) return result as Comparable;
  if ("real" in result && "imag" in result) return joined([result.real, result.imag] as Image[]);
  const rows: Record<string, Samples[]> = {};
  for (const [column, values] of Object.entries(result as Record<string, Samples | Image | number>)) {
    const property = column.split("-")[0]!;
    const row = typeof values === "number" ? Float64Array.of(values) : values;
    (rows[property] ??= []).push(row instanceof Image ? row.data : row);
  }
  // There are no images without samples: a table without rows is one without columns.
  const filled = Object.entries(rows).filter(([, [first]]) => first!.length > 0);
  return Object.fromEntries(filled.map(([property, columns]) => [property, stacked(columns)]));
}

/** Images of one shape and dtype as one image. */
function oneBelowTheOther(images: readonly Image[]): Image {
  const { width, height, channels } = images[0]!;
  const { data } = stacked(images.map((image) => image.data));
  return new Image(data, { width, height: height * images.length, channels });
}

function namesOf(region: RegionProperties): typeof REGION_PROPERTIES {
  return REGION_PROPERTIES.filter(
    (property) => (region.hasIntensity || !needsIntensity(property)) && pixelsNeeded(property, region.spacing) === null,
  );
}

/** Images of one size and dtype, one below the other. */
function joined(images: readonly Image[]): Image {
  const [{ width, height }] = images as [Image];
  return new Image(stacked(images.map(({ data }) => data)).data, { width, height: height * images.length });
}

function stacked(columns: readonly Samples[]): Image {
  const width = columns[0]!.length;
  const data = new (columns[0]!.constructor as Float64ArrayConstructor)(width * columns.length);
  for (const [row, column] of columns.entries()) data.set(column, row * width);
  return new Image(data, { width, height: columns.length });
}
