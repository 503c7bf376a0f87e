// What the job prints, and how: tables that fit a terminal, colours only where there is one.
import Table from "cli-table3";

const isTerminal: boolean = process.stdout.isTTY;
const hasColors = isTerminal && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
const paint =
  (code: number) =>
  (text: string): string =>
    hasColors ? `\u001B[${code}m${text}\u001B[0m` : text;

export const bold: (text: string) => string = paint(1);
export const dim: (text: string) => string = paint(2);
export const red: (text: string) => string = paint(31);
export const green: (text: string) => string = paint(32);

/** Rows under a head; the columns of the numbers `right` are set right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string {
  const layout = new Table({
    head: head.map(bold),
    colAligns: head.map((_, i): "left" | "right" => (right.includes(i) ? "right" : "left")),
    style: { head: [], border: [], compact: true },
    chars: {
      ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "" },
      ...{ "bottom-left": "", "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "" },
      ...{ right: "", "right-mid": "", middle: " " },
    },
  });
  layout.push(...rows.map((row) => [...row]));
  return layout.toString().replaceAll(/ +$/gm, "");
}

/** Says what is going on until the next line is printed; on a terminal only. */
export function progress(text: string): void {
  if (isTerminal) process.stdout.write(`\r\u001B[K${dim(`${text} …`)}`);
}

/** Takes back what `progress` said. */
export function clearProgress(): void {
  if (isTerminal) process.stdout.write("\r\u001B[K");
}

/** Prints lines that stay. */
export function print(...lines: readonly string[]): void {
  clearProgress();
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** A number of bytes for people. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1 << 20 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / (1 << 20)).toFixed(1)} MiB`;
}

/** Milliseconds for people. */
export function milliseconds(time: number): string {
  return time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}
