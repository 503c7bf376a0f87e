/** The name that was probably meant: the nearest by changed letters, if few are; `undefined` if none is near. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.max(1, Math.floor(given.length / 3))) + 1;
  for (const name of known) {
    const distance = name.toLowerCase() === given.toLowerCase() ? 0 : edits(given, name, least);
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** The function that was probably meant: by its whole name, or by the part after the module's. */
export function nearestFunction(given: string, known: readonly string[]): string | undefined {
  const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  return nearest(given, known) ?? known.find((name) => nearest(lastPart(given), [lastPart(name)]) !== undefined);
}

/** More names than anybody reads in a message. */
const MOST_LISTED = 12;

/** Lists the names there are, in place of one that there is not: the one first that was probably meant. */
export function listedFor(given: string, known: Iterable<string>, show: (name: string) => string = String): string {
  const names = [...known];
  const meant = nearestFunction(given, names);
  const sorted = meant === undefined ? names : [meant, ...names.filter((name) => name !== meant)];
  const more = sorted.length > MOST_LISTED ? ` and ${sorted.length - MOST_LISTED} more` : "";
  return sorted.slice(0, MOST_LISTED).map(show).join(", ") + more;
}

/** Letters to insert, remove, replace or swap with their neighbour; `limit` where it is that many or more. */
function edits(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  const rows = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (isSwap) cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return Math.min(limit, rows[from.length]![to.length]!);
}
