import { ImageError } from "../errors.ts";
import type { Image } from "../image.ts";
import { display, type OptionReader } from "../options.ts";
import type { RegionProperties } from "./region.ts";
import { addColumns, REGION_PROPERTIES, type RegionTable } from "./region-table.ts";

/**
 * A property of one's own, by the function's name: of a region's mask, 1 in the region and 0 beside it in its bounding box, and of the intensities
 * there, one channel, 0 beside the region, if it has two parameters. Of several channels its values are put together, the innermost index being the
 * channel. A table takes a number, or arrays of them that have the same shape for all regions.
 */
export type ExtraProperty = (image: Image<Uint8Array>, intensity: Image) => unknown;

/** Reads the option `extraProperties`; `hasIntensity`: whether there is an image of intensities. */
export function readExtraProperties(read: OptionReader, hasIntensity: boolean): readonly ExtraProperty[] {
  const given = read.value("extraProperties") ?? [];
  if (!Array.isArray(given)) throw read.invalid("extraProperties", given, "an array of functions");
  const names = new Set<string>(REGION_PROPERTIES);
  for (const extra of [...(given as unknown[])]) {
    if (typeof extra !== "function")
      throw read.error(`option extraProperties has ${display(extra)}; expected a function`);
    const { length, name } = extra as ExtraProperty;
    if (typeof name !== "string" || name === "") {
      throw read.error(
        "option extraProperties has a function without a name; expected one, by which its values are called",
      );
    }
    if (names.has(name)) {
      throw read.error(
        `option extraProperties has a function ${display(name)}, as another property is called; expected a name of its own`,
      );
    }
    if (length !== 1 && length !== 2) {
      throw read.error(
        `option extraProperties has ${display(name)} with ${length} parameters; expected (image) or (image, intensity)`,
      );
    }
    if (length === 2 && !hasIntensity) {
      throw read.error(`option extraProperties has ${display(name)}, which takes an intensity image; none was given`);
    }
    names.add(name);
  }
  return [...(given as ExtraProperty[])];
}

/** What functions make of a region, by their names; each is called when its value is read. */
export function extraValues(
  extraProperties: readonly ExtraProperty[],
  region: RegionProperties,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const extra of extraProperties) {
    const get = (): unknown => {
      if (extra.length === 1) return (extra as (image: Image<Uint8Array>) => unknown)(region.image);
      const ofChannels = region.channels.map(({ image, imageIntensity }) => extra(image, imageIntensity));
      return ofChannels.length === 1 ? ofChannels[0] : byChannel(ofChannels);
    };
    Object.defineProperty(values, extra.name, { enumerable: true, get });
  }
  return values;
}

/**
 * Adds to a table the columns of functions.
 *
 * @param model a region whose values have the shape of all.
 */
export function addExtraColumns(
  table: RegionTable,
  extraProperties: readonly ExtraProperty[],
  regions: readonly RegionProperties[],
  model: RegionProperties,
  separator: string,
): void {
  for (const { name } of extraProperties) {
    const shape = shapeOf(model.extraProperties[name]);
    const rows = regions.map((region) => {
      const value = region.extraProperties[name];
      if (shape !== null && shapeOf(value)?.join() === shape.join()) return [value].flat(shape.length) as number[];
      const problem = `option extraProperties: ${name} gives ${display(value)} for region ${region.label}`;
      const expected = "a number, or arrays of numbers of the same shape for every region";
      throw new ImageError("ERR_IMAGE_OPTION", `measure.regionpropsTable: ${problem}; expected ${expected}`);
    });
    addColumns(table, name, { shape: shape ?? [] }, rows, separator);
  }
}

/** The lengths of arrays of numbers, outermost first, none for one number; `null` for anything else. */
function shapeOf(value: unknown): readonly number[] | null {
  if (typeof value === "number") return [];
  if (!Array.isArray(value) || value.length === 0) return null;
  const [first, ...more] = value.map(shapeOf);
  if (!first || more.some((shape) => shape?.join() !== first.join())) return null;
  return [value.length, ...first];
}

/** Values of several channels in one: numbers by channel, in arrays as deep as the values. */
function byChannel(values: readonly unknown[]): readonly unknown[] {
  const [first] = values;
  if (!Array.isArray(first)) return values;
  return first.map((_, i) => byChannel(values.map((value) => (value as unknown[])[i])));
}
