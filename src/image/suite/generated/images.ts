import { type DType, Image, SAMPLE_ARRAYS } from "../../image.ts";

/** Height and width. */
export type Size = readonly [height: number, width: number];

/** A seeded generator of numbers from 0 up to 1 (mulberry32, public domain, by T. Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Noise over the whole range of an integer dtype; for floats from -0.5 to 1.5. */
export function samples(random: () => number, dtype: DType, [height, width]: Size, channels: number): Image {
  const spans: Record<DType, readonly [number, number]> = {
    uint8: [0, 2 ** 8],
    uint16: [0, 2 ** 16],
    int32: [-(2 ** 31), 2 ** 32],
    float32: [-0.5, 2],
    float64: [-0.5, 2],
  };
  const [least, span] = spans[dtype];
  const data = new SAMPLE_ARRAYS[dtype](height * width * channels);
  const whole = dtype.startsWith("float") ? (value: number): number => value : Math.floor;
  for (let i = 0; i < data.length; i++) data[i] = whole(least + span * random());
  return new Image(data, { width, height, channels });
}

/** Noise over the half of the range of a dtype that is not negative; for floats from 0 to 1.5. */
export function positive(random: () => number, dtype: DType, size: Size, channels: number): Image {
  const image = samples(random, dtype, size, channels);
  image.data.forEach((sample, i) => (image.data[i] = Math.max(sample, 0)));
  return image;
}

/** Many samples about one level and many about another, whatever is random; all dtypes on the scale of bytes. */
export function peaks(random: () => number, dtype: DType): Image {
  const data = new SAMPLE_ARRAYS[dtype](41 * 37);
  for (let i = 0; i < data.length; i++) {
    data[i] = (i % 3 === 0 ? 170 : 30) + 25 * (random() + ((i * 7) % 16) / 16 + ((i * 11) % 19) / 19);
  }
  return new Image(data, { width: 41, height: 37 });
}

/** Few whole numbers (not below 0 in unsigned dtypes), a random one at each pixel. */
export function levels(random: () => number, dtype: DType, [height, width]: Size, least: number, count: number): Image {
  const lowest = dtype.startsWith("u") ? Math.max(least, 0) : least;
  const data = new SAMPLE_ARRAYS[dtype](height * width);
  for (let i = 0; i < data.length; i++) data[i] = lowest + Math.floor(random() * count);
  return new Image(data, { width, height });
}

/** Noise over the range of each dtype, but for 32-bit integers, which lie no more than some hundred thousand levels apart. */
export function dense(random: () => number, dtype: DType, size: Size, channels: number): Image {
  const image = samples(random, dtype, size, channels);
  if (dtype === "int32") image.data.forEach((sample, i) => (image.data[i] = sample >> 15));
  return image;
}

/** Noise over the range of an integer dtype; for floats from -0.25 to 0.75. */
export function narrow(random: () => number, dtype: DType, size: Size, channels: number): Image {
  const image = samples(random, dtype, size, channels);
  if (dtype.startsWith("float")) image.data.forEach((sample, i) => (image.data[i] = sample / 2));
  return image;
}
