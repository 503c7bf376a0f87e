import type * as Library from "../image/index.ts";
import { parse } from "./arguments.ts";
import { print, styled, table } from "./terminal.ts";

const HELP = `Usage: tagswitch gpu [options]

Shows the GPU that images are computed on: adapter, driver, limits and features; how long the first result of a process
takes; what the pool of buffers and the cache of compiled kernels hold after it.

Options:
      --json   print JSON instead of tables
  -h, --help   this text

TAGSWITCH_WGPU_ADAPTER and WGPU_BACKEND choose another adapter. Exit code: 0, or 1 if there is none that works.
`;

const OPTIONS = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** What `--json` prints. */
interface GpuReport extends Library.gpu.GpuCapabilities {
  readonly adapter: Library.gpu.GpuAdapter;
  /** From this process's first word with the driver to samples of a small image, computed and brought back. */
  readonly firstResultMilliseconds: number;
  /** As {@link firstResultMilliseconds}, once more. */
  readonly nextResultMilliseconds: number;
  readonly stats: Library.gpu.GpuStats;
}

/** `tagswitch gpu`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parse("gpu", args, OPTIONS, 0);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const library = await import("../image/index.ts");
  try {
    print(examine(library), { json: values.json === true, text: report });
    return 0;
  } catch (error) {
    if (!(error instanceof library.GpuError)) throw error;
    process.stderr.write(`tagswitch: ${error.code}: ${error.message}\n`);
    return 1;
  }
}

function examine({ filters, gpu, GpuImage, Image }: typeof Library): GpuReport {
  const side = 64;
  const square = new Image(
    Float32Array.from({ length: side * side }, (_, i) => i % side),
    { width: side, height: side },
  );
  const compute = (): number => {
    const start = performance.now();
    using there = GpuImage.from(square);
    using edges = filters.sobel(there);
    edges.toImageSync();
    return performance.now() - start;
  };
  const firstResultMilliseconds = compute();
  return {
    adapter: gpu.adapter(),
    ...gpu.capabilities(),
    firstResultMilliseconds,
    nextResultMilliseconds: compute(),
    stats: gpu.stats()!,
  };
}

function report({ adapter, features, limits, stats, ...times }: GpuReport): string {
  const { pipelineCache, ...counters } = stats;
  const { state, file, loadedBytes, savedBytes, problem } = pipelineCache;
  const sections: [title: string, rows: [name: string, value: string][]][] = [
    [
      "adapter",
      [
        ["name", adapter.name],
        ["driver", adapter.driver],
        ["kind", `${adapter.deviceType}, through ${adapter.backend}`],
        ["largest image", `${adapter.largestImage} bytes`],
        ["first result", `${times.firstResultMilliseconds.toFixed(1)} ms`],
        ["next result", `${times.nextResultMilliseconds.toFixed(1)} ms`],
      ],
    ],
    ["limit", Object.entries(limits).map(([name, value]) => [name, String(value)])],
    ["counter", Object.entries(counters).map(([name, value]) => [name, String(value)])],
    [
      "compiled kernels",
      [
        ["kept between processes", state],
        ["file", file ?? "none"],
        ["bytes read, written", `${loadedBytes}, ${savedBytes}`],
        ...(problem === undefined ? [] : [["problem", problem] as [string, string]]),
      ],
    ],
  ];
  return [
    ...sections.map(([title, rows]) => table([title, ""], rows)),
    `${styled("bold", "features")}  ${features.join(", ")}`,
  ].join("\n");
}
