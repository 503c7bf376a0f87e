import { type Call, inputsOf } from "./case.ts";
import { Contestant } from "./contestant.ts";
import type { InputFiles } from "./input-files.ts";
import { INPUT_NAMES } from "./inputs.ts";
import type { ContestantName } from "./peers.ts";

/** Reads and writes 32-bit floats and does nothing else. */
const COPY: Call = { run: "void other32.data.set(gray32.data)" };

/** The processes that take part, each started when it is first needed, and again after one ended. */
export class Room {
  readonly #files: InputFiles;
  readonly #contestants = new Map<string, Contestant>();
  readonly #copying = new Set<Contestant>();

  constructor(files: InputFiles) {
    this.#files = files;
  }

  /**
   * The process of a library.
   *
   * @param purpose tells several processes of one library apart.
   */
  contestant(name: ContestantName, purpose = "", threads = 1): Contestant {
    const key = `${name} ${purpose} ${threads}`;
    let contestant = this.#contestants.get(key);
    if (contestant === undefined || contestant.hasEnded) {
      this.#contestants.set(key, (contestant = new Contestant(name, threads)));
    }
    return contestant;
  }

  /**
   * Has a contestant prepare a call on images of a side.
   *
   * @param reuses to give it images of its own to write to.
   * @returns whether it does.
   */
  async prepare(contestant: Contestant, call: Call, side: number, reuses = false): Promise<boolean> {
    const inputs = inputsOf(call, INPUT_NAMES).map((name) => this.#files.store(name, side));
    const reads = inputsOf({ run: call.run }, INPUT_NAMES).join();
    return (await contestant.ask({ do: "prepare", inputs, reuses, reads, ...call })).reuses;
  }

  /** The process that only copies images of a side, to memory in use. */
  async copying(side: number): Promise<Contestant> {
    const copying = this.contestant("tagswitch", `copying ${side}`);
    if (!this.#copying.has(copying)) await this.prepare(copying, COPY, side);
    this.#copying.add(copying);
    return copying;
  }

  /** What a call gives, in 64 bits. */
  async answerOf(name: ContestantName, call: Call, side: number): Promise<Float64Array> {
    const contestant = this.contestant(name);
    await this.prepare(contestant, call, side);
    await contestant.ask({ do: "answer", file: this.#files.answer });
    return this.#files.readAnswer();
  }

  close(): void {
    for (const contestant of this.#contestants.values()) contestant.stop();
  }
}
