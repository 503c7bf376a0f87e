// One line that says what is going on: redrawn on a terminal, repeated now and then in a log.

/** Time since `started` (a `performance.now()`), for people. */
export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** Shows `label`, how far it is and for how long it has been at it, until `end`. */
export class LiveLine {
  #started = performance.now();
  #label;
  #detail = "";
  #terminal = process.stdout.isTTY;
  #ticker;

  constructor(label) {
    this.#label = label;
    // Often enough to look alive on a terminal, rarely enough to leave a log readable.
    this.#ticker = setInterval(() => this.#draw(), this.#terminal ? 200 : 30_000);
    if (this.#terminal) this.#draw();
  }

  /** Says how far it is. */
  update(detail) {
    this.#detail = detail;
  }

  /** Prints lasting text above the line. */
  print(text) {
    process.stdout.write(`${this.#terminal ? "\r\u001B[K" : ""}${text}\n`);
  }

  /** Replaces the line by its last words, with the time it all took. */
  end(outcome = "") {
    clearInterval(this.#ticker);
    this.print(`${this.#label}: ${outcome}${outcome && ", "}${seconds(this.#started)}`);
  }

  #draw() {
    const line = `${this.#label} … ${this.#detail}${this.#detail && ", "}${seconds(this.#started)}`;
    process.stdout.write(
      this.#terminal ? `\r\u001B[K${line.slice(0, (process.stdout.columns || 80) - 1)}` : `${line}\n`,
    );
  }
}
