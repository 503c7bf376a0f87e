/**
 * Lays out rows of cells under a head, as Markdown.
 *
 * @param right the columns that are set to the right.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${head.map((_, i) => (right.includes(i) ? "---:" : "---")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)];
}
