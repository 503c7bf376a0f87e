import { ImageError } from "../errors.ts";
import { dtypeOf, Image, SAMPLE_ARRAYS, type Samples } from "../image.ts";
import { display } from "../options.ts";
import { checkImage, checkObject } from "./given.ts";

/** What an `ndarray` of scijs has: element [i, j, k] is `data[offset + i·stride[0] + j·stride[1] + k·stride[2]]`. */
export interface NdarrayLike {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/**
 * The image of an `ndarray`, of shape `[height, width]` or `[height, width, channels]`. A view on the same memory, no copy, where elements
 * lie row after row without gaps; else (transposed, cropped, stepped, planar) they are copied into that order. Arrays of plain
 * numbers become `float64`.
 *
 * @throws ImageError `ERR_IMAGE_SHAPE` for other numbers of dimensions, `ERR_IMAGE_DTYPE` for elements that images lack,
 * `ERR_IMAGE_BUFFER` for strides that lead out of the data.
 */
export function fromNdarray(array: NdarrayLike): Image {
  checkObject("interop.fromNdarray", "array", array, "an ndarray");
  const { shape, stride, offset } = array;
  const data = Array.isArray(array.data) ? Float64Array.from(array.data as number[]) : (array.data as Samples);
  const SampleArray = SAMPLE_ARRAYS[dtypeOf(data)];
  if (!Array.isArray(shape) || !Array.isArray(stride) || (shape.length !== 2 && shape.length !== 3)) {
    const expected = "[height, width] or [height, width, channels]";
    throw new ImageError("ERR_IMAGE_SHAPE", `interop.fromNdarray: shape is ${display(shape)}; expected ${expected}`);
  }
  const [height, width, channels = 1] = shape as [number, number, number?];
  const [down, across, between = 1] = stride as [number, number, number?];
  const length = height * width * channels;
  const dense = between === 1 && across === channels && down === width * channels;
  if (dense) {
    return new Image<Samples>(data.subarray(offset, offset + length), { width, height, channels });
  }
  const furthest = [down * (height - 1), across * (width - 1), between * (channels - 1)];
  const least = furthest.reduce((sum, way) => sum + Math.min(way, 0), offset);
  const most = furthest.reduce((sum, way) => sum + Math.max(way, 0), offset);
  if (!(least >= 0 && most < data.length)) {
    const reached = `elements ${least} to ${most}`;
    throw new ImageError("ERR_IMAGE_BUFFER", `interop.fromNdarray: strides reach ${reached}; data has ${data.length}`);
  }
  const image = new Image<Samples>(new SampleArray(length), { width, height, channels });
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = offset + y * down + x * across;
      for (let k = 0; k < channels; k++) image.data[at++] = data[pixel + k * between] as number;
    }
  }
  return image;
}

/**
 * An image as `ndarray` takes it: `ndarray(...interop.toNdarray(image))`, of shape `[height, width]` or `[height, width, channels]`. The memory
 * is the image's, no copy.
 */
export function toNdarray(image: Image): [data: Samples, shape: number[]] {
  checkImage("interop.toNdarray", image);
  return [image.data, [...image.shape]];
}
