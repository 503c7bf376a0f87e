import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InputName, type Inputs, inputsOfSide, type StoredImage } from "./inputs.ts";

/** Images in files, from which every contestant reads the same ones, and results that come back. */
export class InputFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), "tagswitch-kernels-"));
  readonly #stored = new Map<string, StoredImage>();
  #inputs: Inputs | undefined;

  /** An image, written when it is first asked for. Those of one side are best asked for in a row. */
  store(name: InputName, side: number): StoredImage {
    const key = `${name}-${side}`;
    let stored = this.#stored.get(key);
    if (stored === undefined) {
      if (this.#inputs?.side !== side) this.#inputs = inputsOfSide(side);
      const { data, dtype, width, height, channels } = this.#inputs.of(name);
      const file = join(this.#folder, key);
      writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      this.#stored.set(key, (stored = { name, dtype, width, height, channels, file }));
    }
    return stored;
  }

  /** Where a contestant writes a result. */
  get answer(): string {
    return join(this.#folder, "answer");
  }

  /** The result that was written last. */
  readAnswer(): Float64Array {
    const { buffer, byteOffset, byteLength } = readFileSync(this.answer);
    return new Float64Array(buffer, byteOffset, byteLength / 8);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
