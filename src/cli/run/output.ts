import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type * as Library from "../../image/index.ts";
import { columnsOf, csvOf, jsonOf } from "./columns.ts";

/** What images are saved as, by the ending of the name. */
export const IMAGE_FORMATS: Readonly<Record<string, Library.io.ImageFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
  ".tif": "tiff",
  ".tiff": "tiff",
};

/** What other results are saved as. */
export const VALUE_FORMATS: readonly string[] = [".json", ".csv"];

/** A result that the output's format cannot hold. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly code = "ERR_OUTPUT";
}

/**
 * Saves what a pipeline gave. The file is there whole or not at all: it is written under another name, and renamed.
 *
 * @returns how what was saved differs from what was given; `undefined` where it does not.
 * @throws OutputError, or what the library throws.
 */
export async function save(library: typeof Library, result: unknown, file: string): Promise<string | undefined> {
  const format = IMAGE_FORMATS[extname(file).toLowerCase()];
  if (result instanceof library.Image) {
    if (format === undefined) {
      throw new OutputError(`${file}: the last step gave an image; expected a name in ${listed(IMAGE_FORMATS)}`);
    }
    const { image, note } = storable(library, result, format);
    await beside(file, (name) => library.io.imsave.async(name, image, { format }));
    return note;
  }
  const text = format === undefined ? textFor(result, extname(file).toLowerCase()) : undefined;
  if (text === undefined) {
    const given = columnsOf(result) === undefined ? "neither an image nor numbers" : "no image";
    throw new OutputError(
      `${file}: the last step gave ${given}; expected numbers for .json or .csv, images for others`,
    );
  }
  await beside(file, (name) => writeFile(name, text));
  return undefined;
}

/** The name under which this process writes a file first. */
export function besideName(file: string, process: number): string {
  return join(dirname(file), `.${basename(file)}.${process}.tmp`);
}

/** Writes a file under another name, which it takes off when it is whole. */
export async function beside(file: string, write: (name: string) => Promise<void>): Promise<void> {
  const name = besideName(file, process.pid);
  try {
    await write(name);
    await rename(name, file);
  } catch (error) {
    await rm(name, { force: true });
    // What is said is said of the file that was to be.
    if (error instanceof Error) error.message = error.message.replaceAll(name, file);
    throw error;
  }
}

function textFor(result: unknown, ending: string): string | undefined {
  const columns = columnsOf(result);
  if (columns === undefined) return undefined;
  return ending === ".csv" ? csvOf(columns) : `${JSON.stringify(jsonOf(result), null, 2)}\n`;
}

/** An image as its format can hold it. TIFF holds all. */
function storable(
  library: typeof Library,
  image: Library.Image,
  format: Library.io.ImageFormat,
): { image: Library.Image; note?: string } {
  if (format === "tiff") return { image };
  const { dtype, data } = image;
  if (dtype === "uint8") {
    const isMask = (data as Uint8Array).every((sample) => sample <= 1) && data.includes(1);
    return isMask ? { image: library.io.toPicture(image), note: "a mask: 1 is saved as 255" } : { image };
  }
  if (dtype === "uint16") {
    return format === "png" ? { image } : { image: library.util.imgAsUbyte(image), note: "16 bits are saved as 8" };
  }
  // A hair beyond is rounding, and saved as 0 or 1.
  const fits = dtype !== "int32" && (data as Float64Array).every((sample) => sample >= -1e-5 && sample <= 1 + 1e-5);
  if (fits) return { image };
  const why = dtype === "int32" ? "int32" : `${dtype} beyond 0 to 1`;
  return { image: library.io.toPicture(image), note: `${why}: saved as io.toPicture shows it; .tif keeps the samples` };
}

function listed(formats: Readonly<Record<string, unknown>>): string {
  return Object.keys(formats).join(", ");
}
