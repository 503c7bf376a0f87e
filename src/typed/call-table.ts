/** More entries are not kept: a function that is called with ever new combinations starts over. */
const LARGEST = 1 << 16;

/**
 * What calls with one number of arguments come to, by the kinds of their arguments: a walk through rows of integers,
 * one step for each argument, which ends at a number of the function's own, or at 0 if no such call was made before.
 *
 * The dispatcher's table has the same shape. It is no help here: it tells which types a call has, and not where.
 */
export class CallTable {
  /** Row 0 is all zeros, where walks that are not known end; walks begin at row 1. */
  table: Int32Array = new Int32Array(0);
  #used = 0;
  #width = 0;

  constructor(width: number) {
    this.reset(width);
  }

  /** Forgets everything, and has rows of another length from then on. */
  reset(width: number): void {
    this.#width = width;
    this.#used = width * 2;
    this.table = new Int32Array(width * 4);
  }

  /** Sets where a walk ends. */
  set(kinds: readonly number[], end: number): void {
    if (this.#used + kinds.length * this.#width > LARGEST) this.reset(this.#width);
    let row = this.#width;
    for (const kind of kinds.slice(0, -1)) {
      const at = row + kind;
      row = this.table[at]! || this.#addRow();
      // Only now: adding a row may have replaced the table.
      this.table[at] = row;
    }
    this.table[row + kinds.at(-1)!] = end;
  }

  get(kinds: readonly number[]): number {
    return kinds.reduce((row, kind) => this.table[row + kind]!, this.#width);
  }

  #addRow(): number {
    const row = this.#used;
    this.#used += this.#width;
    if (this.#used > this.table.length) {
      const larger = new Int32Array(this.table.length * 2);
      larger.set(this.table);
      this.table = larger;
    }
    return row;
  }
}
