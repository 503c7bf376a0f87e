import type { DType, Image } from "../image/index.ts";
import { parse } from "./arguments.ts";
import { print, styled } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const HELP = `Usage: tagswitch show <file> [options]

Shows a PNG, JPEG, WebP or TIFF file as text, and says what is in it. On a terminal in colours, where it has them;
elsewhere, and with NO_COLOR set, in darker and brighter characters. FORCE_COLOR=3 has colours in pipes too.

Options:
      --columns N   at most so many columns of text, instead of the terminal's
      --json        print JSON instead: size, dtype, channels, range of the samples
  -h, --help        this text

Labels (int32) are coloured. Of other images the samples' range is stretched where it is not the dtype's own.
Exit code: 0, or 1 if the file cannot be read.
`;

const OPTIONS = {
  columns: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** What `--json` prints. */
interface ImageReport {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Whether the last channel is opacity. */
  readonly alpha: boolean;
  readonly dtype: DType;
  /** The least and the greatest finite sample, without opacity; `null` where none is finite. */
  readonly range: readonly [least: number, greatest: number] | null;
}

/** `tagswitch show`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse("show", args, OPTIONS, 1);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined) throw new UsageError("show what? Give a file. See: tagswitch show --help");
  const columns = values.columns === undefined ? undefined : Number(values.columns);
  if (columns !== undefined && !(Number.isSafeInteger(columns) && columns >= 1)) {
    throw new UsageError(`--columns is "${values.columns}"; expected a whole number of at least 1`);
  }
  const { ImageError, io } = await import("../image/index.ts");
  try {
    const image = io.imread(file);
    // The line below the picture is to be on the terminal too.
    const rows = process.stdout.isTTY && process.stdout.rows > 2 ? process.stdout.rows - 2 : undefined;
    const limits = { ...(columns !== undefined && { columns }), ...(rows !== undefined && { rows }) };
    print(reportOn(file, image), {
      json: values.json === true,
      text: (report) => `${io.toTerminal(image, limits)}\n${caption(report)}`,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    process.stderr.write(`tagswitch: ${error.code}: ${error.message}\n`);
    return 1;
  }
}

function reportOn(file: string, { data, width, height, channels, alpha, dtype }: Image): ImageReport {
  let [least, greatest] = [Infinity, -Infinity];
  for (const [i, sample] of data.entries()) {
    if (!Number.isFinite(sample) || (alpha && i % channels === channels - 1)) continue;
    least = Math.min(least, sample);
    greatest = Math.max(greatest, sample);
  }
  return { file, width, height, channels, alpha, dtype, range: least <= greatest ? [least, greatest] : null };
}

function caption({ file, width, height, channels, alpha, dtype, range }: ImageReport): string {
  const colours = channels === 1 ? "1 channel" : `${channels} channels${alpha ? ", the last opacity" : ""}`;
  const samples = range === null ? "no finite samples" : `from ${range[0]} to ${range[1]}`;
  return `${styled("bold", file)}: ${width} × ${height}, ${colours}, ${dtype}, ${samples}`;
}
