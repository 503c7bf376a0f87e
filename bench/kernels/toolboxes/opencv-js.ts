import type { DType, Image } from "../../../src/image/image.ts";
import { requirePeer, versionOf } from "../install.ts";
import { numbers, type Toolbox } from "./index.ts";

/** The parts of OpenCV's interface that this file uses; calls use more. */
interface OpenCv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Mat;
  readonly Size: new (width: number, height: number) => object;
  readonly [constant: string]: unknown;
}

interface Mat {
  readonly data: Uint8Array;
  readonly data16U: Uint16Array;
  readonly data32S: Int32Array;
  readonly data32F: Float32Array;
  readonly data64F: Float64Array;
  depth(): number;
  delete(): void;
}

const DEPTHS: Record<DType, string> = {
  uint8: "CV_8U",
  uint16: "CV_16U",
  int32: "CV_32S",
  float32: "CV_32F",
  float64: "CV_64F",
};

/** OpenCV in WebAssembly. Calls may use `out`, `a` and `b` for results, which lie there before the clock starts. */
export async function open(): Promise<Toolbox> {
  const loaded = requirePeer("@techstark/opencv-js") as OpenCv | Promise<OpenCv>;
  // Awaited inside an object: OpenCV's own has a `then` that gives itself, without end.
  const { cv } = await ready(loaded);
  const isMat = (value: unknown): value is Mat => value instanceof cv.Mat;
  return {
    version: versionOf("@techstark/opencv-js"),
    names: {
      cv,
      out: new cv.Mat(),
      a: new cv.Mat(),
      b: new cv.Mat(),
      none: new cv.Mat(),
      size: (width: number, height: number) => new cv.Size(width, height),
      samples: (mat: Mat) => samplesOf(cv, mat),
    },
    take(image: Image) {
      const type = cv[`${DEPTHS[image.dtype]}C${image.channels}`] as number;
      const mat = new cv.Mat(image.height, image.width, type);
      samplesOf(cv, mat).set(image.data);
      return mat;
    },
    release: (image) => (image as Mat).delete(),
    samples: (result) => (isMat(result) ? samplesOf(cv, result) : numbers(result)),
  };
}

async function ready(loaded: OpenCv | Promise<OpenCv>): Promise<{ cv: OpenCv }> {
  if (loaded instanceof Promise) return loaded.then((cv) => ({ cv }));
  return new Promise((resolve) => {
    (loaded as { onRuntimeInitialized?: () => void }).onRuntimeInitialized = () => resolve({ cv: loaded });
  });
}

function samplesOf(cv: OpenCv, mat: Mat): Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array {
  switch (mat.depth()) {
    case cv["CV_16U"]:
      return mat.data16U;
    case cv["CV_32S"]:
      return mat.data32S;
    case cv["CV_32F"]:
      return mat.data32F;
    case cv["CV_64F"]:
      return mat.data64F;
    default:
      return mat.data;
  }
}
