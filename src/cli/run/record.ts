import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beside } from "./output.ts";

/** Size and time of a file, by which a change is noticed. */
interface Stamp {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** One input that was done. */
interface Entry {
  /** Of the pipeline that did it, see {@link fingerprint}. */
  readonly pipeline: string;
  readonly input: Stamp;
  /** With its name in the folder. */
  readonly output: Stamp & { readonly name: string };
}

const NAME = ".tagswitch-run.json";
const SCHEMA = "tagswitch/run-record/1";

/**
 * What was done in a folder of outputs, kept in a file there, so that an interrupted run goes on where it was.
 *
 * An input is passed over if the same pipeline made its output, and neither has changed in size or time since.
 */
export class RunRecord {
  readonly #folder: string;
  readonly #entries: Map<string, Entry>;
  /** The last time it was written, which the next waits for. */
  #saved: Promise<void> = Promise.resolve();

  /** @param folder that of the outputs; a record that is missing or damaged counts as empty. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#entries = new Map(Object.entries(readEntries(join(folder, NAME))));
  }

  /**
   * The output of an input that is done; `undefined` where it is to be done.
   *
   * @param input an absolute path.
   */
  outputOf(input: string, pipeline: string): string | undefined {
    const entry = this.#entries.get(input);
    if (entry?.pipeline !== pipeline || !isSame(entry.input, stampOf(input))) return undefined;
    const output = join(this.#folder, entry.output.name);
    return isSame(entry.output, stampOf(output)) ? output : undefined;
  }

  /** Notes that an input is done; `before` is its stamp of before it was read, `output` a file of the folder. */
  add(input: string, before: Stamp, output: string, pipeline: string): void {
    const made = stampOf(output);
    if (made !== undefined)
      this.#entries.set(input, { pipeline, input: before, output: { name: basename(output), ...made } });
  }

  /** Writes the record, whole or not at all. */
  save(): Promise<void> {
    const write = (): Promise<void> => {
      const record = { schema: SCHEMA, done: Object.fromEntries(this.#entries) };
      return beside(join(this.#folder, NAME), (name) => writeFile(name, `${JSON.stringify(record)}\n`));
    };
    return (this.#saved = this.#saved.then(write));
  }
}

/** What tells pipelines apart: whatever has a say in the outputs. */
export function fingerprint(pipeline: unknown): string {
  return createHash("sha256").update(JSON.stringify(pipeline)).digest("hex");
}

/** Size and time of a file; `undefined` where there is none. */
export function stampOf(file: string): Stamp | undefined {
  const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return size === undefined || mtimeMs === undefined ? undefined : { bytes: size, modified: mtimeMs };
}

function isSame(one: Stamp, other: Stamp | undefined): boolean {
  return one.bytes === other?.bytes && one.modified === other.modified;
}

function readEntries(file: string): Record<string, Entry> {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as { schema?: unknown; done?: Record<string, Entry> };
    return record.schema === SCHEMA ? (record.done ?? {}) : {};
  } catch {
    return {};
  }
}
