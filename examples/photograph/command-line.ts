import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { system } from "tagswitch/image";

/** What the user asked for. */
export interface Request {
  /** The photograph's path. */
  readonly photograph: string;
  /** Backends to run on; `undefined`: whatever this machine offers. */
  readonly backends: readonly string[] | undefined;
  /** Standard deviation of the blur, in pixels. */
  readonly sigma: number;
  /** Where the picture goes; `undefined`: named after the photograph, under output/. */
  readonly output: string | undefined;
  readonly json: boolean;
  /** Whether to measure what dispatch costs. */
  readonly bench: boolean;
}

/** A command line that cannot be followed; its message is for the terminal. */
export class UsageError extends Error {}

/** The photograph that ships with the repository. */
export const SHIPPED: string = join(import.meta.dirname, "deep-field.jpg");

export const HELP: string = `Finds what stands out in a photograph, and colours each region: grey → gaussian → sobel → Otsu threshold → label → overlay,
on every backend of tagswitch/image that this machine offers; shows who ran each step, why, and how long it took.

  npm start                                      on the photograph that ships with the repository
  npm start -- my.jpg --backend wgpu,native      on your own (PNG, JPEG, WebP or TIFF)

  --backend a,b    run on these only: ${system.backends.toSorted().join(", ")}
  --sigma s        standard deviation of the blur in pixels, 0 to 100; 2 if not given
  --output file    where the picture goes; its ending names the format (default: output/<name>-regions.png)
  --json           print the figures as JSON, and nothing else; npm start prints its own lines before, this does not:
                   node --import tsx examples/photograph/main.ts --json
  --no-bench       leave out what dispatch costs, which takes some seconds
  --help           print this

Exit status: 0 all went well; 1 something failed, or the backends disagree; 2 the arguments make no sense.`;

const OPTIONS = {
  backend: { type: "string", multiple: true },
  sigma: { type: "string" },
  output: { type: "string" },
  json: { type: "boolean" },
  "no-bench": { type: "boolean" },
  help: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

/**
 * Reads the arguments after the script's name; `"help"` when that is all the user wants.
 *
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[]): Request | "help" {
  const { values, positionals } = parse(args);
  if (values.help === true) return "help";
  if (positionals.length > 1) {
    throw new UsageError(`one photograph at a time; ${positionals.length} were given: ${positionals.join(", ")}`);
  }
  const backends = values.backend?.flatMap((list) => list.split(",")).map((name) => name.trim());
  for (const name of backends ?? []) {
    if (system.backends.includes(name)) continue;
    throw new UsageError(`there is no backend "${name}"; there are ${system.backends.toSorted().join(", ")}`);
  }
  const sigma = Number(values.sigma ?? 2);
  if (values.sigma?.trim() === "" || !(sigma >= 0 && sigma <= 100)) {
    throw new UsageError(`--sigma is "${values.sigma}"; expected a number of pixels from 0 to 100`);
  }
  if (values.output !== undefined && !/.\.(png|jpe?g|webp|tiff?)$/i.test(values.output)) {
    throw new UsageError(`--output is "${values.output}"; expected a name that ends in .png, .jpg, .webp or .tif`);
  }
  if (values.output !== undefined && !existsSync(dirname(values.output))) {
    throw new UsageError(`--output is "${values.output}", in a folder that does not exist`);
  }
  return {
    photograph: positionals[0] ?? SHIPPED,
    backends: backends && [...new Set(backends)],
    sigma,
    output: values.output,
    json: values.json === true,
    bench: values["no-bench"] !== true,
  };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node's own words name the argument; what it says after the first sentence is about scripts, not users.
    throw new UsageError((error as Error).message.split(". ")[0]);
  }
}
