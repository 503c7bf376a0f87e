import { parse } from "../arguments.ts";
import { clearProgress, showProgress } from "../progress.ts";
import { print } from "../terminal.ts";
import { gpuSubject } from "./gpu-subject.ts";

const HELP = `Usage: tagswitch bench gpu [options]

Measures what each kernel of the image library takes on the GPU, by the GPU's own clock, for images of 512 × 512 and
2048 × 2048: the bytes that it moves, at what rate, and what share that is of a plain copy in the same run; and how fast
samples get to the GPU and back. A software adapter takes a minute for it with --quick, and half an hour without.

Options:
  -q, --quick   512 × 512 only, and fewer rounds
      --json    print JSON (schema: docs/benchmarks-gpu.md) instead of tables
  -h, --help    this text

TAGSWITCH_WGPU_ADAPTER and WGPU_BACKEND choose another adapter. Exit code: 0, or 1 if there is none that works.
`;

const OPTIONS = {
  quick: { type: "boolean", short: "q" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch bench gpu`. */
export async function run(args: readonly string[]): Promise<number> {
  const { quick = false, json = false, help = false } = parse("bench gpu", args, OPTIONS, 0).values;
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [library, { benchGpu, formatGpuBenchmark }] = await Promise.all([
    import("../../image/index.ts"),
    import("../../bench/index.ts"),
  ]);
  try {
    const subject = gpuSubject(library, quick ? [512] : [512, 2048]);
    const benchmark = benchGpu(subject, { quick, onProgress: showProgress });
    clearProgress();
    print(benchmark, { json, text: formatGpuBenchmark });
    return 0;
  } catch (error) {
    clearProgress();
    if (!(error instanceof library.GpuError)) throw error;
    process.stderr.write(`tagswitch: ${error.code}: ${error.message}\n`);
    return 1;
  }
}
