import { escape, GREY, logScale, type Scale } from "../../src/bench/drawing.ts";
import { comparisonsOf, labelOf, nameOf } from "./figures.ts";
import { takingPart } from "./report.ts";
import type { PeerName } from "./peers.ts";
import type { KernelBenchmark, KernelRow } from "./result.ts";

const WIDTH = 900;
const LABELS = 360;
const RIGHT = 30;
const LINE = 14;
const MODULE_HEAD = 24;
const TOP = 76;

/** Middle tones, that stand out from white and from black. */
const COLOURS: Readonly<Record<PeerName, string>> = {
  "opencv-js": "#2a9d8f",
  sharp: "#7a5ccf",
  "wasm-vips": "#3d7fc8",
  "image-js": "#b0568f",
  "scikit-image": "#d08c2e",
  opencv: "#c8553d",
};

/**
 * How many times tagswitch's time each peer takes on the largest images, a dot for each, as an SVG document that can be
 * read on light and dark pages. Dots to the left of the line at 1 are of peers that are faster.
 */
export function ratioPlot(benchmark: KernelBenchmark): string {
  const side = benchmark.rows[0]!.sides.at(-1)!.side;
  const comparisons = comparisonsOf(benchmark, side);
  const ratios = comparisons.map(({ ratio }) => ratio);
  const scale = logScale([Math.min(...ratios, 0.1), Math.max(...ratios, 10)], [LABELS, WIDTH - RIGHT]);
  const lines: string[] = [];
  let y = TOP;
  for (const [module, rows] of modulesOf(benchmark.rows)) {
    lines.push(`<text x="14" y="${y + 14}" font-weight="600">${module}</text>`);
    y += MODULE_HEAD;
    for (const row of rows) {
      lines.push(
        line(
          row,
          comparisons.filter((one) => one.row === row),
          y,
          scale,
        ),
      );
      y += LINE;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 30}" width="${WIDTH}" height="${y + 30}" font-family="system-ui, sans-serif" font-size="11" fill="${GREY}">`,
    `<title>Time of other libraries over that of tagswitch</title>`,
    `<text x="14" y="26" font-size="16" font-weight="600">Time of other libraries over that of tagswitch</text>`,
    `<text x="14" y="46">${side} × ${side}, one thread, logarithmic; to the right of 1, tagswitch is faster</text>`,
    ...takingPart(benchmark).map(legend),
    ...scale.ticks.map((tick) => gridLine(tick, scale, y)),
    ...lines,
    `</svg>`,
    "",
  ].join("\n");
}

/** Rows by the module of their function. */
export function modulesOf(rows: readonly KernelRow[]): Map<string, KernelRow[]> {
  const modules = new Map<string, KernelRow[]>();
  for (const row of rows) {
    const module = row.function.split(".")[0]!;
    modules.set(module, [...(modules.get(module) ?? []), row]);
  }
  return modules;
}

function legend(peer: PeerName, i: number): string {
  const x = LABELS + 88 * i;
  return `<circle cx="${x}" cy="62" r="4" fill="${COLOURS[peer]}"/><text x="${x + 8}" y="66">${labelOf(peer)}</text>`;
}

function gridLine(tick: number, scale: Scale, bottom: number): string {
  const x = scale.at(tick).toFixed(1);
  const [opacity, width] = tick === 1 ? [1, 1.5] : [0.3, 1];
  return `<line x1="${x}" x2="${x}" y1="${TOP}" y2="${bottom}" stroke="${GREY}" stroke-opacity="${opacity}" stroke-width="${width}"/><text x="${x}" y="${bottom + 14}" font-size="10" text-anchor="middle">${tick}</text>`;
}

function line(
  row: KernelRow,
  comparisons: readonly { peer: PeerName; ratio: number }[],
  y: number,
  scale: Scale,
): string {
  const label = `<text x="${LABELS - 8}" y="${y + 4}" font-size="10" text-anchor="end">${escape(nameOf(row))}</text>`;
  const dots = comparisons.map(
    ({ peer, ratio }) =>
      `<circle cx="${scale.at(ratio).toFixed(1)}" cy="${y}" r="3.5" fill="${COLOURS[peer]}" fill-opacity="0.85"/>`,
  );
  return [label, ...dots].join("");
}
