import { writeFile } from "node:fs/promises";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { clearProgress, showProgress } from "./progress.ts";
import { UsageError } from "./usage-error.ts";

const HELP = `Usage: tagswitch bench [options]
       tagswitch bench gpu [options]

Measures what dispatch costs on this machine, beside direct calls, virtual methods, instanceof chains, a Map by
constructor, typed-function (where it is installed) and crossing Node-API for each call. Takes about three minutes;
other work on the machine spoils the figures. \`tagswitch bench gpu --help\` says what that one measures.

Options:
  -q, --quick       some ten seconds: fewer settings, fewer rounds
      --json        print JSON (schema: docs/benchmarks-dispatch.md) instead of tables
      --plot FILE   also draw the medians, as an SVG picture
  -h, --help        this text
`;

const OPTIONS = {
  quick: { type: "boolean", short: "q" },
  json: { type: "boolean" },
  plot: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

/** `tagswitch bench`. */
export async function run(args: readonly string[]): Promise<number> {
  if (args[0] === "gpu") return (await import("./bench/gpu.ts")).run(args.slice(1));
  const { quick = false, json = false, plot, help = false } = parse(args);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (plot !== undefined && !plot.endsWith(".svg")) {
    throw new UsageError(`--plot draws an SVG picture; "${plot}" should end in .svg`);
  }
  const { benchDispatch, contestPlot, formatBenchmark } = await import("../bench/index.ts");
  const benchmark = await benchDispatch({ quick, onProgress: showProgress });
  clearProgress();
  if (plot !== undefined) await writeFile(plot, contestPlot(benchmark));
  process.stdout.write(`${json ? JSON.stringify(benchmark, null, 2) : formatBenchmark(benchmark)}\n`);
  return 0;
}

function parse(args: readonly string[]): { quick?: boolean; json?: boolean; plot?: string; help?: boolean } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}. See: tagswitch bench --help`, { cause: error });
  }
}
