import { type DType, Image, type ImageGeometry, type Samples } from "./image.ts";

/** The dtypes of results that are intensities. */
export type FloatDType = "float32" | "float64";

/**
 * What a sample is multiplied by to become an intensity, scikit-image's `img_as_float`: unsigned integers to
 * [0, 1], signed ones to [-1, 1], floats as they are.
 */
export const INTENSITY_SCALE: Readonly<Record<DType, number>> = {
  uint8: 1 / 255,
  uint16: 1 / 65535,
  int32: 1 / 2147483647,
  float32: 1,
  float64: 1,
};

/** The dtype of a float result: 64 bits for 64-bit input, else 32 (scikit-image has 64 for integers too). */
export function floatDType(dtype: DType): FloatDType {
  return dtype === "float64" ? "float64" : "float32";
}

/** Every sample times `scale`, in 64 bits; the lowest 32-bit integer becomes -1, not less, as in scikit-image. */
export function scaled(image: Image, scale: number): Float64Array {
  const floats = new Float64Array(image.data);
  if (scale === 1) return floats;
  for (let i = 0; i < floats.length; i++) floats[i] = Math.max(floats[i]! * scale, -1);
  return floats;
}

/** An image over 64-bit results, rounded once to its dtype. */
export function rounded(data: Float64Array, dtype: FloatDType, geometry: ImageGeometry): Image {
  return new Image<Samples>(dtype === "float64" ? data : Float32Array.from(data), geometry);
}
