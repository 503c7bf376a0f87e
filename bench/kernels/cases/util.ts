import type { Case } from "../case.ts";

const FROM_255 = "Float64Array.from(result, (value) => value / 255)";

export const UTIL: readonly Case[] = [
  {
    function: "util.greater",
    of: "uint8",
    calls: {
      tagswitch: "util.greater(gray8, 128, { out })",
      "opencv-js": "(cv.threshold(gray8, out, 128, 1, cv.THRESH_BINARY), out)",
      sharp: { run: "grayBytes(gray8().threshold(129))", result: FROM_255 },
      "wasm-vips": { run: "pixels(gray8.more(128))", result: FROM_255 },
      "image-js": { run: "IJS.threshold(gray8, { threshold: 128 / 255 })", result: "result.getRawImage().data" },
      "scikit-image": "gray8 > 128",
      opencv: { run: "cv2.compare(gray8, 128, cv2.CMP_GT)", result: "result / 255" },
    },
  },
  {
    function: "util.greater",
    of: "float32",
    calls: {
      tagswitch: "util.greater(gray32, 0.5, { out })",
      "wasm-vips": { run: "pixels(gray32.more(0.5))", result: FROM_255 },
      "scikit-image": "gray32 > 0.5",
      opencv: { run: "cv2.compare(gray32, 0.5, cv2.CMP_GT)", result: "result / 255" },
    },
  },
  {
    function: "util.invert",
    of: "uint8",
    calls: {
      tagswitch: "util.invert(gray8, { out })",
      "opencv-js": "(cv.bitwise_not(gray8, out), out)",
      sharp: "grayBytes(gray8().negate())",
      "wasm-vips": "pixels(gray8.invert())",
      "image-js": "IJS.invert(gray8)",
      "scikit-image": "util.invert(gray8)",
      opencv: "cv2.bitwise_not(gray8)",
    },
  },
  {
    function: "util.invert",
    of: "float32",
    calls: {
      tagswitch: "util.invert(gray32, { out })",
      "wasm-vips": "pixels(gray32.linear([-1], [1]))",
      "scikit-image": "util.invert(gray32)",
      opencv: "cv2.subtract(1, gray32)",
    },
  },
  {
    function: "util.imgAsFloat",
    of: "uint8",
    calls: {
      tagswitch: "util.imgAsFloat(gray8, { out })",
      "opencv-js": "(gray8.convertTo(out, cv.CV_32F, 1 / 255), out)",
      "wasm-vips": "pixels(gray8.linear([1 / 255], [0]))",
      "scikit-image": "util.img_as_float32(gray8)",
      opencv: "cv2.multiply(gray8, 1 / 255, dtype=cv2.CV_32F)",
    },
  },
  {
    function: "util.imgAsUbyte",
    of: "float32",
    calls: {
      tagswitch: "util.imgAsUbyte(gray32, { out })",
      "opencv-js": "(gray32.convertTo(out, cv.CV_8U, 255), out)",
      "wasm-vips": "pixels(gray32.linear([255], [0.5]).cast('uchar'))",
      "scikit-image": "util.img_as_ubyte(gray32)",
      opencv: "cv2.convertScaleAbs(gray32, alpha=255)",
    },
  },
  {
    function: "util.imgAsUint",
    of: "float32",
    calls: {
      tagswitch: "util.imgAsUint(gray32, { out })",
      "opencv-js": "(gray32.convertTo(out, cv.CV_16U, 65535), out)",
      "scikit-image": "util.img_as_uint(gray32)",
      opencv: "cv2.multiply(gray32, 65535, dtype=cv2.CV_16U)",
    },
  },
  {
    function: "util.randomNoise",
    of: "float32, Gaussian",
    calls: {
      // Everyone's random numbers are his own: means are compared.
      tagswitch: {
        run: "util.randomNoise(gray32, { rng: 1, out })",
        result: "result.data.reduce((sum, value) => sum + value, 0) / result.data.length",
      },
      "scikit-image": { run: "util.random_noise(gray32, rng=1)", result: "result.mean()" },
      opencv: {
        prepare: "noise = np.empty_like(gray32)",
        run: "np.clip(cv2.add(gray32, cv2.randn(noise, 0, 0.1)), 0, 1)",
        result: "result.mean()",
      },
    },
  },
];
