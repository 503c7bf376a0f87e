/** Text and lines: it stands out from white and from black. */
export const GREY = "#808080";

/** Places of values along a line. */
export interface Scale {
  /** Powers of ten. */
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** A logarithmic scale, with some room beyond the least value and the most. */
export function logScale([least, most]: readonly [number, number], [left, right]: readonly [number, number]): Scale {
  const from = Math.log10(least) - 0.15;
  const to = Math.log10(most) + 0.05;
  const ticks: number[] = [];
  for (let power = Math.ceil(from); power <= to; power++) ticks.push(10 ** power);
  return { ticks, at: (value) => left + ((Math.log10(value) - from) / (to - from)) * (right - left) };
}

/** A text inside an SVG document. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
