import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Library from "../../image/index.ts";
import { type Columns, columnsOf } from "./columns.ts";

/** What there is to see of a pipeline's run. */
export interface Sights {
  readonly before: Sight;
  readonly after: Sight;
  /** Of each step's result, small enough for a table. */
  readonly steps: readonly Sight[];
}

/** What there is to see of a value. */
export type Sight = ImageSight | NumbersSight;

/** A picture of an image, and what that is. */
export interface ImageSight {
  readonly about: string;
  /** PNG, as a data URL. */
  readonly picture: string;
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
}

/** Numbers by column, the first rows of them. */
export interface NumbersSight {
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly rows: number;
}

/** The longer side of small pictures, in pixels. */
const SMALL = 128;
/** The most rows that are shown of a table. */
const ROWS = 50;

/**
 * What there is to see of a pipeline's run.
 *
 * @param values the image, then what each step gave.
 * @param side the longer side of pictures of the first and the last, in pixels.
 */
export async function sightsOf(library: typeof Library, values: readonly unknown[], side: number): Promise<Sights> {
  const folder = await mkdtemp(join(tmpdir(), "tagswitch-"));
  const file = join(folder, "picture.png");
  const sightOf = async (value: unknown, most: number): Promise<Sight> =>
    value instanceof library.Image ? imageSight(library, value, most, file) : numbersSight(value);
  try {
    const [before, after] = [await sightOf(values[0], side), await sightOf(values.at(-1), side)];
    const steps: Sight[] = [];
    for (const value of values.slice(1)) steps.push(await sightOf(value, SMALL));
    return { before, after, steps };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param file where the picture is put for a while: only files are written. */
async function imageSight(
  library: typeof Library,
  image: Library.Image,
  side: number,
  file: string,
): Promise<ImageSight> {
  const { channels, dtype } = image;
  const picture = withinSide(library, library.io.toPicture(image), side);
  const { width, height } = picture;
  await library.io.imsave.async(file, picture);
  return {
    about: `${image.width} × ${image.height}, ${channels === 1 ? "1 channel" : `${channels} channels`}, ${dtype}`,
    picture: `data:image/png;base64,${await readFile(file, "base64")}`,
    ...{ width, height },
  };
}

/** A picture whose longer side has at most so many pixels. */
function withinSide(library: typeof Library, picture: Library.Image, side: number): Library.Image {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const [rows, columns] = [picture.height, picture.width].map((length) => Math.max(1, Math.round(length * scale)));
  return library.transform.resize(picture, [rows!, columns!]);
}

function numbersSight(value: unknown): NumbersSight {
  const columns: Columns = columnsOf(value) ?? {};
  const first = Object.entries(columns).map(([name, column]) => [name, Array.from(column).slice(0, ROWS)]);
  return {
    columns: Object.fromEntries(first) as NumbersSight["columns"],
    rows: Object.values(columns)[0]?.length ?? 0,
  };
}
