import { WriteStream } from "node:tty";
import { gray2rgb } from "../color/gray2rgb.ts";
import { rgba2rgb } from "../color/rgba2rgb.ts";
import { Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import { resize } from "../transform/resize.ts";
import { rgb2gray } from "../color/rgb2gray.ts";
import { checkPicture, pictureOf } from "./to-picture.ts";

/** Bits of colour that a terminal shows, as Node's `getColorDepth` counts them. */
export type ColorDepth = 1 | 4 | 8 | 24;

/** Options of `io.toTerminal`. */
export interface ToTerminalOptions {
  /** The most columns of text. Default: the terminal's, or 80 where standard output is none. */
  columns?: number;
  /** The most rows of text. Default: the terminal's less one for the prompt, or any number where standard output is none. */
  rows?: number;
  /**
   * 24: any colour, two pixels to a character; 8: the nearest of 256; 4 and 1: none, but darker and brighter characters.
   * Default: what standard output shows, as Node sees it: 1 for files, pipes, dumb terminals and with `NO_COLOR`, unless `FORCE_COLOR` is set.
   */
  colorDepth?: ColorDepth;
}

/** How large an image becomes: columns, and pixels from top to bottom, two to a row of text. */
interface TextSize {
  readonly columns: number;
  readonly pixels: number;
}

const OPTIONS: readonly string[] = ["columns", "rows", "colorDepth"];
/** From dark to bright, on a dark ground. */
const SHADES = " .:-=+*#%@";
const UPPER_HALF = "▀";
const PLAIN = "\u001B[0m";

/**
 * A preview of an image as text: `console.log(io.toTerminal(image))`.
 *
 * Shows what {@link toPicture} makes of the image, opacity laid over white, made smaller by `transform.resize` where it has to be, and never larger.
 * With colours a character is two pixels, one above the other; without, its brightness is that of both.
 *
 * @param image as {@link toPicture} takes it.
 * @returns lines, without a line feed at the end.
 * @throws ImageError as {@link toPicture}, and `ERR_IMAGE_OPTION`.
 */
export function toTerminal(image: Image, options?: ToTerminalOptions): string {
  checkPicture("io.toTerminal", image);
  const read = new OptionReader("io.toTerminal", options, OPTIONS, false);
  const { isTTY, columns, rows } = process.stdout as Partial<WriteStream>;
  // A terminal may say that it has none, and mean that it does not know.
  const size = fitted(
    image,
    read.integer("columns", columns || 80, 1),
    read.value("rows") === undefined ? (rows || Infinity) - 1 || 1 : read.integer("rows", 1, 1),
  );
  const depth = read.oneOf("colorDepth", shownDepth(isTTY), [1, 4, 8, 24]);
  const picture = opaque(pictureOf(image));
  return depth < 8 ? shaded(picture, size) : coloured(picture, size, depth === 8 ? of256 : ofAll);
}

function shownDepth(isTTY: boolean | undefined): ColorDepth {
  const isKnown = isTTY === true || process.env["FORCE_COLOR"] !== undefined;
  // Without a terminal there is no stream to ask, and it is the environment that tells.
  return isKnown ? (WriteStream.prototype.getColorDepth() as ColorDepth) : 1;
}

function fitted({ width, height }: Image, columns: number, rows: number): TextSize {
  const scale = Math.min(1, columns / width, (2 * rows) / height);
  return { columns: Math.max(1, Math.round(width * scale)), pixels: Math.max(1, Math.round(height * scale)) };
}

/** A picture over white. */
function opaque(picture: Image): Image {
  const { data, width, height, channels } = picture;
  if (channels === 4) return rgba2rgb(picture);
  if (channels !== 2) return picture;
  const colours = Uint8Array.from(
    { length: 4 * width * height },
    (_, i) => data[(i >> 2) * 2 + (i % 4 === 3 ? 1 : 0)]!,
  );
  return rgba2rgb(new Image(colours, { width, height, channels: 4 }));
}

function shaded(picture: Image, { columns, pixels }: TextSize): string {
  const gray = picture.channels === 3 ? rgb2gray(picture) : picture;
  const { data } = resize(gray, [Math.ceil(pixels / 2), columns]);
  const shades = Array.from(data, (sample) => SHADES[Math.min(Math.floor(sample * SHADES.length), SHADES.length - 1)]);
  return Array.from({ length: data.length / columns }, (_, row) =>
    shades
      .slice(row * columns, (row + 1) * columns)
      .join("")
      .trimEnd(),
  ).join("\n");
}

/** A colour's part of an escape sequence, after the `38;` or `48;` that makes it that of the character or the ground. */
type Escape = (red: number, green: number, blue: number) => string;

function coloured(picture: Image, { columns, pixels }: TextSize, escape: Escape): string {
  const { data } = resize(picture.channels === 3 ? picture : gray2rgb(picture), [pixels, columns]);
  const at = (row: number, column: number): string => {
    const [red, green, blue] = data.subarray(3 * (row * columns + column));
    return escape(byte(red!), byte(green!), byte(blue!));
  };
  const lines: string[] = [];
  for (let row = 0; row < pixels; row += 2) {
    let [line, before] = ["", ""];
    for (let column = 0; column < columns; column++) {
      const above = `\u001B[38;${at(row, column)}m`;
      const colours = row + 1 < pixels ? `${above}\u001B[48;${at(row + 1, column)}m` : above;
      line += colours === before ? UPPER_HALF : colours + UPPER_HALF;
      before = colours;
    }
    lines.push(line + PLAIN);
  }
  return lines.join("\n");
}

function byte(intensity: number): number {
  return Math.round(intensity * 255);
}

function ofAll(red: number, green: number, blue: number): string {
  return `2;${red};${green};${blue}`;
}

/** Of xterm's 256 colours: the nearer of the nearest in its cube, six levels a side, and the nearest of its 24 greys. */
function of256(red: number, green: number, blue: number): string {
  const colour = [red, green, blue];
  const steps = colour.map((value) => (value < 48 ? 0 : Math.min(5, Math.max(1, Math.round((value - 55) / 40)))));
  const grey = Math.min(23, Math.max(0, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const distance = (level: (channel: number) => number): number =>
    colour.reduce((sum, value, channel) => sum + (value - level(channel)) ** 2, 0);
  const isGrey =
    distance(() => 8 + 10 * grey) < distance((channel) => (steps[channel] === 0 ? 0 : 55 + 40 * steps[channel]!));
  return `5;${isGrey ? 232 + grey : 16 + 36 * steps[0]! + 6 * steps[1]! + steps[2]!}`;
}
