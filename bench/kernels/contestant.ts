import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Call } from "./case.ts";
import type { StoredImage } from "./inputs.ts";
import { PEERS, type ContestantName } from "./peers.ts";
import { PYTHON } from "./install.ts";

/** What a contestant's process is asked, a line of JSON each on its standard input. */
export type Request =
  /** @property reuses whether what the call gives, an image or several, is what later calls write to, as `out`. */
  | ({ readonly do: "prepare"; readonly inputs: readonly StoredImage[]; readonly reuses: boolean } & Call)
  /**
   * Runs the call for so long, by the processor's clock, and at least once; before that, if more than 0, for as long as
   * the lead, which is not timed.
   */
  | { readonly do: "run"; readonly leadMilliseconds: number; readonly milliseconds: number }
  /** Runs it once and writes the result, as 64-bit floats. */
  | { readonly do: "answer"; readonly file: string }
  /** Runs it once and tells how far memory rose. */
  | { readonly do: "memory" }
  /** Runs it once and tells how much it moved; asked of tagswitch only. */
  | { readonly do: "bytes" };

/** What turns are timed by. */
export type Clock = "processor" | "passed";

/** What it answers, a line each on its file descriptor 3. */
interface Answers {
  /** Whether results are written to memory in use already, where that was asked for. */
  readonly prepare: { readonly version: string; readonly reuses: boolean };
  /** Milliseconds of a call: of the processor's time, of all threads together, and those that passed. */
  readonly run: Readonly<Record<Clock, number>>;
  readonly answer: object;
  /** Most bytes in use at one time, beyond those before; `null` where the system does not tell. */
  readonly memory: { readonly bytes: number | null };
  /** Of the samples that it reads, and of those of its result. */
  readonly bytes: { readonly read: number; readonly result: number };
}

export type Answer<R extends Request> = Answers[R["do"]];

/** A call that takes longer is given up, and its process with it. */
const LONGEST_MILLISECONDS = 600_000;

/** What tells libraries how many threads to use. */
const THREAD_VARIABLES = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VIPS_CONCURRENCY", "TAGSWITCH_CPU_THREADS"];

/** The process of one library, which waits for its turns. */
export class Contestant {
  readonly name: ContestantName;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #errors = "";
  #hasEnded = false;

  constructor(name: ContestantName, threads: number) {
    this.name = name;
    const isPython = name !== "tagswitch" && PEERS[name].language === "python";
    const [command, args] = isPython
      ? [PYTHON, [join(import.meta.dirname, "contestant.py"), name]]
      : [
          process.execPath,
          // One thread for V8 too: what it does beside the call would be counted, and happens at any time.
          [
            "--expose-gc",
            "--single-threaded",
            ...process.execArgv,
            join(import.meta.dirname, "contestant-process.ts"),
            name,
          ],
        ];
    this.#child = spawn(command, args, {
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      env: { ...process.env, ...Object.fromEntries(THREAD_VARIABLES.map((variable) => [variable, String(threads)])) },
    });
    this.#child.stderr!.on("data", (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-2000)));
    // A process that is gone is told of by the end of its answers.
    this.#child.on("error", (error) => (this.#errors += error.message));
    this.#input.on("error", () => {});
    const lines = createInterface({ input: this.#child.stdio[3] as Readable });
    this.#answers = lines[Symbol.asyncIterator]();
  }

  /** Whether the process is gone. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get #input(): Writable {
    return this.#child.stdin!;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws Error with what the library says against the call.
   */
  async ask<R extends Request>(request: R): Promise<Answer<R>> {
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      this.stop();
    }, LONGEST_MILLISECONDS);
    this.#input.write(`${JSON.stringify(request)}\n`);
    const { value, done = false } = await this.#answers.next();
    clearTimeout(limit);
    if (done) {
      this.#hasEnded = true;
      const said = isLate ? `took more than ${LONGEST_MILLISECONDS / 1000} s` : lastWords(this.#errors);
      throw new Error(`${this.name} ended: ${said}`);
    }
    const answer = JSON.parse(value as string) as Answer<R> & { error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  stop(): void {
    this.#hasEnded = true;
    this.#child.kill("SIGKILL");
  }
}

/** The error that ended a process, in what it wrote. */
function lastWords(errors: string): string {
  const lines = errors.trim().split("\n");
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1)!;
}
