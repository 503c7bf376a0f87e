import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { moduleFile } from "./module.ts";
import type { ContestSetting } from "./contest.ts";
import { type Contestant, CONTESTANTS, type ContestantName } from "./contestants.ts";

/** What a contestant's process is asked: calls for so long, or until V8 has compiled them but no longer. */
export interface ProcessRequest {
  readonly milliseconds: number;
  readonly warmUp?: boolean;
}

/** With a compiler on another thread, it would depend on the machine's other work what is compiled when measuring begins. */
const FLAGS = ["--no-concurrent-recompilation"];

/** Nanoseconds per call in one batch. */
export interface Batch {
  readonly samples: number;
  readonly minimum: number;
  readonly median: number;
}

/** What it answers. */
export type ProcessReply = { state: "ready" } | { state: "absent" } | { state: "done"; batch: Batch };

/**
 * A contestant in a process of its own, so that V8 has seen nothing but its calls. All of a contest are alive
 * together and take turns.
 */
export class RunningContestant {
  readonly name: ContestantName;
  readonly setting: ContestSetting;
  readonly #process: ChildProcess;
  readonly #failure: Promise<never>;
  #errors = "";

  constructor(name: ContestantName, setting: ContestSetting) {
    const { flags = [] }: Contestant = CONTESTANTS[name];
    this.name = name;
    this.setting = setting;
    this.#process = fork(moduleFile("bench/contestant-process"), [name, JSON.stringify(setting)], {
      execArgv: [...process.execArgv, ...FLAGS, ...flags],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process.stderr!.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    this.#failure = once(this.#process, "close").then(([code]) => {
      throw new Error(`the process of ${name} ended with ${String(code)}: ${this.#errors.trim()}`);
    });
    // Whoever waits for an answer hears of it.
    this.#failure.catch(() => {});
  }

  /** Resolves once it is ready to run; false when its package is not installed. */
  async ready(): Promise<boolean> {
    return (await this.#answer()).state === "ready";
  }

  /** Runs calls for about so long; at least one pass over all loops. */
  async run(request: ProcessRequest): Promise<Batch> {
    this.#process.send(request);
    const answer = await this.#answer();
    if (answer.state !== "done") throw new Error(`the process of ${this.name} answered "${answer.state}" to a request`);
    return answer.batch;
  }

  /** Ends the process. */
  stop(): void {
    this.#process.kill();
  }

  async #answer(): Promise<ProcessReply> {
    const [message] = (await Promise.race([once(this.#process, "message"), this.#failure])) as [ProcessReply];
    return message;
  }
}
