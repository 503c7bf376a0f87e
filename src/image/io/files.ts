import { readFileSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { addon } from "../../addon.ts";
import { callAddon, imageError } from "../backends/addon-call.ts";
import { ImageError } from "../errors.ts";
import { checkSamples, Image } from "../image.ts";
import { display, OptionReader } from "../options.ts";

/** Options of `io.imread`. */
export interface ImreadOptions {
  /** Refuse images of more pixels, before memory is taken for them. Default 2²⁷, about 134 million. */
  maxPixels?: number;
}

/** Options of `io.imsave`. */
export interface ImsaveOptions {
  /** The file format, when the path's extension is not to decide. */
  format?: ImageFormat;
  /** How well a JPEG keeps the image, 1 to 100. Default 75. */
  quality?: number;
}

/** Options, to which asynchronous calls may add a signal: once it is aborted, nothing further is begun. */
type Cancellable<T> = T & { signal?: AbortSignal };

/** The formats that are written. */
export type ImageFormat = "png" | "jpeg" | "webp" | "tiff";

/** Reads images: see `imread`. */
export interface Imread {
  (source: string | URL | Uint8Array, options?: ImreadOptions): Image;
  /** Reads and decodes off the event loop. */
  async(source: string | URL | Uint8Array, options?: Cancellable<ImreadOptions>): Promise<Image>;
}

/** Writes images: see `imsave`. */
export interface Imsave {
  (path: string | URL, image: Image, options?: ImsaveOptions): void;
  /** Encodes and writes off the event loop; the image may change as soon as this returns. */
  async(path: string | URL, image: Image, options?: Cancellable<ImsaveOptions>): Promise<void>;
}

/**
 * Reads a PNG, JPEG, WebP or TIFF file: scikit-image's `imread`.
 *
 * Samples are as in the file: `uint8` or `uint16`, of TIFF also `int32`, `float32` and `float64`; palettes become RGB,
 * CMYK too, fewer bits than 8 become 8. A TIFF in which white is zero comes as stored, so it looks inverted. Colour profiles and orientation are ignored; of several frames or pages the first
 * is read. What the file is, its content says, not its name.
 *
 * @param source a path, a `file:` URL, or the content of a file.
 * @throws ImageError `ERR_IMAGE_FILE` when it cannot be read, `ERR_IMAGE_FORMAT` when it is damaged, truncated or of an
 * unknown kind, `ERR_IMAGE_LIMIT` above `maxPixels` or out of memory, `ERR_IMAGE_OPTION`. Messages name the file.
 */
export const imread: Imread = Object.assign(
  function imread(source: string | URL | Uint8Array, options?: ImreadOptions): Image {
    const maxPixels = readLimit(options);
    const name = nameOf("io.imread", source);
    const bytes = source instanceof Uint8Array ? source : attempt(name, "read", () => readFileSync(source));
    checkContent(name, bytes);
    return asImage(callAddon(name, () => addon.decodeImage(bytes, maxPixels)));
  },
  {
    async async(source: string | URL | Uint8Array, options?: Cancellable<ImreadOptions>): Promise<Image> {
      const [signal, own] = splitSignal("io.imread", options);
      const maxPixels = readLimit(own);
      const name = nameOf("io.imread", source);
      const read = async (): Promise<Uint8Array> =>
        source instanceof Uint8Array ? source : readFile(source).catch((error) => refuse(name, "read", error));
      const bytes = await unlessAborted(signal, read);
      checkContent(name, bytes);
      return unlessAborted(signal, async () => {
        try {
          return asImage(await addon.decodeImageAsync(bytes, maxPixels));
        } catch (error) {
          throw imageError(name, error);
        }
      });
    },
  },
);

/**
 * Writes a PNG, JPEG, WebP (without loss) or TIFF file: scikit-image's `imsave`.
 *
 * | format | samples | channels |
 * |---|---|---|
 * | PNG | `uint8`, `uint16` | 1 to 4 |
 * | JPEG | `uint8` | 1, 3 |
 * | WebP | `uint8` | 1 to 4; gray comes back as RGB |
 * | TIFF | any | 1, 3, 4; `int32` 1 |
 *
 * Floats become bytes as by scikit-image's `img_as_ubyte`, except in TIFF: times 255, rounded half to even, negative ones 0.
 * As there, what lies beyond -1 or 1 is an error; by up to 1e-5 beyond, which is rounding, it is white. A mask of 0 and 1
 * stays 0 and 1, so it looks black: multiply it, or show it with `color.label2rgb`.
 *
 * @param path a path or `file:` URL; its extension names the format.
 * @throws ImageError `ERR_IMAGE_DTYPE` or `ERR_IMAGE_SHAPE` for what the format does not hold (labels: `color.label2rgb`
 * makes a picture of them), `ERR_IMAGE_VALUE` for floats out of range or NaN, `ERR_IMAGE_FILE` when it cannot be written,
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`. Messages name the file.
 */
export const imsave: Imsave = Object.assign(
  function imsave(path: string | URL, image: Image, options?: ImsaveOptions): void {
    const name = nameOf("io.imsave", path);
    const { format, quality } = readTarget(name, image, options);
    const bytes = callAddon(name, () => addon.encodeImage(image.data, image, format, quality));
    attempt(name, "written", () => writeFileSync(path, bytes));
  },
  {
    async async(path: string | URL, image: Image, options?: Cancellable<ImsaveOptions>): Promise<void> {
      const [signal, own] = splitSignal("io.imsave", options);
      const name = nameOf("io.imsave", path);
      const { format, quality } = readTarget(name, image, own);
      const bytes = await unlessAborted(signal, async () =>
        callAddon(name, () => addon.encodeImageAsync(image.data, image, format, quality)).catch((error) => {
          throw imageError(name, error);
        }),
      );
      // Half a file helps nobody: this is done to its end.
      await writeFile(path, bytes).catch((error) => refuse(name, "written", error));
    },
  },
);

const FORMATS: Readonly<Record<string, ImageFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
  ".tif": "tiff",
  ".tiff": "tiff",
};

/** The signal among the options of an asynchronous call, and the options without it. */
function splitSignal<T>(
  operation: string,
  options: Cancellable<T> | undefined,
): [AbortSignal | undefined, T | undefined] {
  if (typeof options !== "object" || options === null || !("signal" in options)) return [undefined, options];
  const { signal, ...own } = options;
  if (signal === undefined || signal instanceof AbortSignal) return [signal, own as T];
  const message = `${operation}: option signal is ${display(signal)}; expected an AbortSignal`;
  throw new ImageError("ERR_IMAGE_OPTION", message);
}

/** Does a part of the work, unless the signal is aborted; what came of it counts only if it still is not. */
async function unlessAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await work();
  } finally {
    signal?.throwIfAborted();
  }
}

function readLimit(options: ImreadOptions | undefined): number {
  return new OptionReader("io.imread", options, ["maxPixels"], false).integer("maxPixels", 2 ** 27, 1);
}

function readTarget(
  name: string,
  image: Image,
  options: ImsaveOptions | undefined,
): { format: ImageFormat; quality: number } {
  const read = new OptionReader("io.imsave", options, ["format", "quality"], false);
  const quality = read.integer("quality", 75, 1, 100);
  const given = read.oneOf("format", null, [null, "png", "jpeg", "webp", "tiff"]);
  const format = given ?? FORMATS[extname(name).toLowerCase()];
  if (!format) {
    throw read.error(
      `${name} ends in none of ${Object.keys(FORMATS).join(", ")}; name it so or pass the option format`,
    );
  }
  if (!(image instanceof Image)) {
    throw new ImageError("ERR_IMAGE_DTYPE", `io.imsave: image is ${display(image)}; expected an Image`);
  }
  checkSamples(image);
  return { format, quality };
}

/** What messages call the source or target. */
function nameOf(operation: string, file: unknown): string {
  if (typeof file === "string" && file !== "") return file;
  if (file instanceof URL && file.protocol === "file:") {
    try {
      return fileURLToPath(file);
    } catch {
      // Another machine's, or with a slash in a name: refused below.
    }
  }
  if (file instanceof Uint8Array && operation === "io.imread") return "image data";
  const expected = `a path, a file: URL on this machine${operation === "io.imread" ? " or a Uint8Array" : ""}`;
  const shown = file instanceof URL ? file.href : display(file);
  throw new ImageError("ERR_IMAGE_FILE", `${operation}: file is ${shown}; expected ${expected}`);
}

function checkContent(name: string, bytes: Uint8Array): void {
  if (bytes.length > 0) return;
  throw new ImageError("ERR_IMAGE_FORMAT", `${name}: it is empty; expected PNG, JPEG, WebP or TIFF`);
}

function asImage({ data, width, height, channels, alpha }: ReturnType<typeof addon.decodeImage>): Image {
  return new Image(data, { width, height, channels, alpha });
}

function attempt<T>(name: string, done: string, access: () => T): T {
  try {
    return access();
  } catch (error) {
    return refuse(name, done, error);
  }
}

function refuse(name: string, done: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new ImageError("ERR_IMAGE_FILE", `${name}: it cannot be ${done}: ${reason}`, { cause });
}
