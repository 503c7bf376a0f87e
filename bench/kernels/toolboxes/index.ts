/** What a contestant's calls may name, and how images and results are its own. */
import type { Image } from "../../../src/image/image.ts";
import type { ContestantName } from "../peers.ts";

export interface Toolbox {
  readonly version: string;
  readonly names: Readonly<Record<string, unknown>>;
  /** An image in the library's own form. */
  take(this: void, image: Image): unknown;
  /** Gives memory back that no collector of garbage knows of. */
  release?(this: void, image: unknown): void;
  /** Whether later calls can write to a result, which they name `out`. */
  canReuse?(this: void, result: unknown): boolean;
  /** The samples of a result, or the numbers in it. */
  samples(this: void, result: unknown): ArrayLike<number>;
}

/** Loads a library. */
export async function toolboxOf(name: ContestantName): Promise<Toolbox> {
  const { open } = (await import(`./${name}.ts`)) as { open: () => Promise<Toolbox> | Toolbox };
  return open();
}

/** Numbers of a result that has no samples of its own: one, or lists of them. */
export function numbers(result: unknown): number[] {
  if (ArrayBuffer.isView(result)) return Array.from(result as Float64Array);
  if (Array.isArray(result)) return result.flatMap(numbers);
  if (typeof result === "number" || typeof result === "boolean") return [Number(result)];
  throw new TypeError(`a result that is no number, no image and no list: ${String(result)}`);
}
