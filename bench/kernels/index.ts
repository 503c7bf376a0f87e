// What kernels cost beside other libraries' of Node and Python: `npx tsx bench/kernels/index.ts`. Installs them, measures,
// and writes docs/benchmarks.md, docs/benchmarks.svg and docs/benchmarks.json.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { describeMachine } from "../../src/bench/machine.ts";
import { packageRoot } from "../../src/package-root.ts";
import { clearProgress, showProgress } from "../../src/cli/progress.ts";
import type { Case } from "./case.ts";
import { CASES } from "./cases/index.ts";
import { documentOf } from "./document.ts";
import { measureKernels } from "./measure.ts";
import { CHECK, FULL, QUICK } from "./pace.ts";
import { PEER_NAMES, type PeerName } from "./peers.ts";
import { ratioPlot } from "./plot.ts";
import { renewed, requireSameMachine } from "./renew.ts";
import { type KernelBenchmark, SCHEMA } from "./result.ts";
import { formatDeviations, formatKernels } from "./report.ts";

const HELP = `Usage: npx tsx bench/kernels/index.ts [options]

Measures the image library's native functions beside ${PEER_NAMES.join(", ")}, which it installs
(build/peers), one thread each, and writes docs/benchmarks.md, .svg and .json. Takes three quarters of an hour; with
--quick, --check, or --only without --renew, it prints tables and writes nothing.

Options:
  -q, --quick       512 × 512 only, fewer rounds, no memory
      --only NAMES  these functions, "filters.gaussian", or modules, "filters", with commas between
      --renew       puts the rows of --only in the place of those that the documents have
      --check       compares results with tagswitch's, and times nothing
      --peers LIST  these peers only, with commas between; "none" for tagswitch alone
      --json        prints JSON (schema: docs/benchmarks.md) instead of tables
      --from FILE   measures nothing, writes the documents from what --json printed
  -h, --help        this text
`;

const OPTIONS = {
  quick: { type: "boolean", short: "q" },
  only: { type: "string" },
  renew: { type: "boolean" },
  check: { type: "boolean" },
  peers: { type: "string" },
  json: { type: "boolean" },
  from: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

try {
  await run();
} catch (error) {
  clearProgress();
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const {
    quick = false,
    only,
    renew = false,
    check = false,
    peers,
    json = false,
    from,
    help = false,
  } = parseArgs({ options: OPTIONS }).values;
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  if (from !== undefined && !renew) {
    write(runIn(from));
    return;
  }
  const before = renew ? runIn(document("benchmarks.json")) : undefined;
  if (renew && (only === undefined || quick || check || peers !== undefined || from !== undefined))
    throw new Error("--renew: rows of --only, measured in full beside all peers");
  if (before !== undefined) requireSameMachine(before.machine, describeMachine());
  const benchmark = await measureKernels({
    cases: casesOf(only),
    pace: check ? CHECK : quick ? QUICK : FULL,
    peers: peersOf(peers),
    onProgress: showProgress,
  });
  clearProgress();
  const text = check ? formatDeviations(benchmark) : formatKernels(benchmark);
  process.stdout.write(`${json ? JSON.stringify(benchmark, null, 1) : text}\n`);
  if (renew) write(renewed(runIn(document("benchmarks.json")), benchmark));
  else if (!quick && !check && only === undefined && peers === undefined) write(benchmark);
}

/** @throws Error that names what there is. */
function casesOf(only: string | undefined): readonly Case[] {
  if (only === undefined) return CASES;
  const isOf = (wanted: string) => (one: Case) => one.function === wanted || one.function.startsWith(`${wanted}.`);
  const wanted = only.split(",");
  const unknown = wanted.find((name) => !CASES.some(isOf(name)));
  if (unknown === undefined) return CASES.filter((one) => wanted.some((name) => isOf(name)(one)));
  const names = [...new Set(CASES.map(({ function: name }) => name))].join(", ");
  throw new Error(`--only ${only}: nothing named ${unknown} is measured; expected a module or one of ${names}`);
}

/** @throws Error that names those there are. */
function peersOf(list: string | undefined): readonly PeerName[] {
  if (list === undefined) return PEER_NAMES;
  if (list === "none") return [];
  const given = list.split(",");
  const unknown = given.find((name) => !PEER_NAMES.includes(name as PeerName));
  if (unknown === undefined) return given as PeerName[];
  throw new Error(`--peers ${list}: no peer "${unknown}"; expected some of ${PEER_NAMES.join(", ")}, or none`);
}

/**
 * The run in a file.
 *
 * @throws Error for one of another version.
 */
function runIn(file: string): KernelBenchmark {
  const found = JSON.parse(readFileSync(file, "utf8")) as KernelBenchmark;
  if (found.schema === SCHEMA) return found;
  throw new Error(`${file} is ${String(found.schema)}; expected ${SCHEMA}: measure all again`);
}

function document(name: string): string {
  return join(packageRoot, "docs", name);
}

function write(benchmark: KernelBenchmark): void {
  writeFileSync(document("benchmarks.json"), `${JSON.stringify(benchmark, null, 1)}\n`);
  writeFileSync(document("benchmarks.svg"), ratioPlot(benchmark));
  writeFileSync(document("benchmarks.md"), documentOf(benchmark));
}
