import { ImageError } from "../errors.ts";
import { type DType, type Image, zeros } from "../image.ts";
import { roundHalfToEven } from "../round-half-to-even.ts";

/** How far rounding may carry the results of 32-bit computations beyond 1. */
const SLACK = 1e-5;

/** Bits of the integers that are not negative. */
const BITS: Readonly<Record<DType, number | null>> = { uint8: 8, uint16: 16, int32: 31, float32: null, float64: null };

/** The image in unsigned integers: scikit-image's conversion of dtypes. */
export function asUnsigned<D extends "uint8" | "uint16">(
  operation: string,
  image: Image,
  dtype: D,
): ReturnType<typeof zeros<D>> {
  const result = zeros(dtype, image);
  const convert = conversionTo(BITS[dtype]!, operation, image);
  for (let i = 0; i < image.data.length; i++) result.data[i] = convert(image.data[i]!);
  return result;
}

function conversionTo(bits: number, operation: string, image: Image): (sample: number) => number {
  const own = BITS[image.dtype];
  const levels = 2 ** bits;
  if (own === null) {
    const round = image.dtype === "float32" ? Math.fround : (value: number): number => value;
    return (sample) => {
      if (!(Math.abs(sample) <= 1 + SLACK)) {
        const problem = `image holds ${sample}; expected samples from -1 to 1`;
        throw new ImageError("ERR_IMAGE_VALUE", `${operation}: ${problem}`);
      }
      return Math.min(Math.max(roundHalfToEven(round(sample * (levels - 1))), 0), levels - 1);
    };
  }
  if (own <= bits) return (sample) => (sample * (levels - 1)) / (2 ** own - 1);
  let greatest = 0;
  for (const sample of image.data) greatest = Math.max(greatest, sample);
  const divisor = greatest < levels ? 1 : 2 ** (own - bits);
  return (sample) => Math.max(Math.floor(sample / divisor), 0);
}
