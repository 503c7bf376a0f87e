import { CONTESTANTS, type ContestantName } from "./contestants.ts";
import { escape, GREY, logScale, type Scale } from "./drawing.ts";
import { describeGroup, groupsOf } from "./report.ts";
import type { DispatchBenchmark } from "./result.ts";
import type { Contest } from "./run-contest.ts";

const WIDTH = 860;
const LABELS = 250;
const VALUES = 60;
const BAR = 11;
const LINE = 16;
const PANEL_HEAD = 26;
const TOP = 66;

/** Middle tones, that stand out from white and from black; one for each column of a contest's table. */
const COLOURS = ["#2a9d8f", "#d08c2e", "#c8553d"];

/**
 * Bars of the medians of the groups of contests, one panel for each, on a logarithmic scale, as an SVG document. Its
 * background is transparent, its text grey: it can be read on light and dark pages.
 */
export function contestPlot(benchmark: DispatchBenchmark): string {
  const groups = groupsOf(benchmark.contests);
  const medians = benchmark.contests.flatMap(({ rows }) => rows.map(({ median }) => median));
  const scale = logScale([Math.min(...medians, 1), Math.max(...medians, 10)], [LABELS, WIDTH - VALUES]);
  let y = TOP;
  const panels = groups.map((group) => {
    const { text, height } = panel(group, y, scale);
    y += height;
    return text;
  });
  const { machine } = benchmark;
  const title = `Nanoseconds per call: median, logarithmic; Node ${machine.node.slice(1)}, ${machine.platform}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" width="${WIDTH}" height="${y + 10}" font-family="system-ui, sans-serif" font-size="12" fill="${GREY}">`,
    `<title>What dispatch costs</title>`,
    `<text x="14" y="26" font-size="16" font-weight="600">What dispatch costs</text>`,
    `<text x="14" y="46">${escape(title)}</text>`,
    ...legend(groups),
    ...panels,
    `</svg>`,
    "",
  ].join("\n");
}

function legend(groups: readonly (readonly Contest[])[]): string[] {
  const counts = [...new Set(groups.flatMap((group) => group.map(({ types }) => types)))];
  return counts.map((types, i) => {
    const x = WIDTH - 90 * (counts.length - i);
    const words = types === 1 ? "1 type" : `${types} types`;
    return `<rect x="${x}" y="16" width="11" height="11" rx="2" fill="${colour(i)}"/><text x="${x + 17}" y="26">${words}</text>`;
  });
}

function panel(group: readonly Contest[], top: number, scale: Scale): { text: string; height: number } {
  const names = group[0]!.rows.map(({ contestant }) => contestant);
  const rowHeight = group.length * (BAR + 1) + (LINE - BAR);
  const height = PANEL_HEAD + names.length * rowHeight + 34;
  const bottom = top + PANEL_HEAD + names.length * rowHeight;
  const grid = scale.ticks.map((tick) => {
    const x = scale.at(tick).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${top + PANEL_HEAD - 6}" y2="${bottom}" stroke="${GREY}" stroke-opacity="0.3"/><text x="${x}" y="${bottom + 11}" font-size="10" text-anchor="middle">${tick}</text>`;
  });
  const rows = names.map((name, i) => bars(group, name, top + PANEL_HEAD + i * rowHeight, rowHeight, scale));
  const heading = `<text x="14" y="${top + 14}" font-weight="600">${escape(capitalized(describeGroup(group[0]!)))}</text>`;
  return { text: [heading, ...grid, ...rows].join("\n"), height };
}

function bars(group: readonly Contest[], name: ContestantName, y: number, height: number, scale: Scale): string {
  const weight = name === "ours" ? ` font-weight="700"` : "";
  const middle = y + (group.length * (BAR + 1)) / 2 + 4;
  const label = `<text x="${LABELS - 10}" y="${middle}" text-anchor="end"${weight}>${escape(CONTESTANTS[name].label)}</text>`;
  const drawn = group.map(({ rows }, i) => {
    const row = rows.find(({ contestant }) => contestant === name);
    if (row === undefined) return "";
    const top = y + i * (BAR + 1);
    const end = scale.at(row.median);
    const opacity = name.startsWith("ours") ? 1 : 0.55;
    return `<rect x="${LABELS}" y="${top}" width="${(end - LABELS).toFixed(1)}" height="${BAR}" rx="2" fill="${colour(i)}" fill-opacity="${opacity}"/><text x="${(end + 5).toFixed(1)}" y="${top + BAR - 2}" font-size="10">${row.median.toFixed(1)}</text>`;
  });
  return [label, ...drawn].join("\n");
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
