import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";

/** Options of `measure.shannonEntropy`. */
export interface ShannonEntropyOptions extends DispatchOptions {
  /** Of the logarithm, above 0 and not 1: 2 (the default) gives bits, `Math.E` nats. */
  base?: number;
}

/** What `measure.shannonEntropy` is to do, checked and with defaults. */
export interface ResolvedShannonEntropy {
  /** What an entropy in nats is divided by. */
  readonly nats: number;
}

const OPERATION = "measure.shannonEntropy";
const OPTIONS: readonly string[] = ["base"];

/** Checks the arguments of `measure.shannonEntropy` and applies the defaults. */
export function resolveShannonEntropy(_image: ImageHeader, options?: ShannonEntropyOptions): ResolvedShannonEntropy {
  const read = new OptionReader(OPERATION, options, OPTIONS);
  const base = read.number("base", 2);
  if (base <= 0 || base === 1) throw read.invalid("base", base, "a finite number above 0 and other than 1");
  return { nats: Math.log(base) };
}

/**
 * How much a sample of an image tells: scikit-image's `shannon_entropy`, from C. E. Shannon, "A mathematical theory of communication" (1948).
 *
 * The sum of -p log p over the different samples, of all channels together, each as frequent as p. All NaN are one.
 *
 * @param image any dtype and channels.
 * @returns the entropy, in units of `base`; 0 for a constant image.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const shannonEntropy: Operation<(image: Image, options?: ShannonEntropyOptions) => number> = dispatchable(
  OPERATION,
  { on: [0], optionNames: OPTIONS },
  function shannonEntropy(image: Image, options?: ShannonEntropyOptions): number {
    checkSamples(image);
    const { nats } = resolveShannonEntropy(image, options);
    const counts = new Map<number, number>();
    for (const sample of image.data) counts.set(sample, (counts.get(sample) ?? 0) + 1);
    return entropyOf(counts.values(), image.data.length) / nats;
  },
);

/** The entropy in nats of so many samples, by how often each of the different ones occurs. */
export function entropyOf(counts: Iterable<number>, samples: number): number {
  let entropy = 0;
  for (const count of counts) {
    const share = count / samples;
    entropy -= share * Math.log(share);
  }
  return entropy;
}
