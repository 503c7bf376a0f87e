import type { Case } from "../case.ts";

const LEVELS = "Float64Array.from(samples(result), (value) => value / 255)";
const BYTES = "Float64Array.from(result, (value) => value / 255)";

export const COLOR: readonly Case[] = [
  {
    function: "color.rgb2gray",
    of: "3 × uint8",
    calls: {
      tagswitch: "color.rgb2gray(rgb8, { out })",
      "opencv-js": {
        run: "(cv.cvtColor(rgb8, out, cv.COLOR_RGB2GRAY), out)",
        result: LEVELS,
      },
      sharp: { run: "bytes(rgb8().greyscale())", result: BYTES },
      "wasm-vips": { run: "pixels(rgb8.colourspace('b-w'))", result: BYTES },
      "image-js": { run: "IJS.grey(rgb8)", result: "Float64Array.from(result.getRawImage().data, (v) => v / 255)" },
      "scikit-image": "color.rgb2gray(rgb8)",
      opencv: { run: "cv2.cvtColor(rgb8, cv2.COLOR_RGB2GRAY)", result: "result / 255" },
    },
  },
  {
    function: "color.rgb2gray",
    of: "3 × float32",
    calls: {
      tagswitch: "color.rgb2gray(rgb32, { out })",
      "opencv-js": "(cv.cvtColor(rgb32, out, cv.COLOR_RGB2GRAY), out)",
      "scikit-image": "color.rgb2gray(rgb32)",
      opencv: "cv2.cvtColor(rgb32, cv2.COLOR_RGB2GRAY)",
    },
  },
  {
    function: "color.gray2rgb",
    of: "uint8",
    calls: {
      tagswitch: "color.gray2rgb(gray8, { out })",
      "opencv-js": "(cv.cvtColor(gray8, out, cv.COLOR_GRAY2RGB), out)",
      sharp: "bytes(gray8().toColourspace('srgb'))",
      "wasm-vips": "pixels(gray8.bandjoin([gray8, gray8]))",
      "image-js": "IJS.convertColor(gray8, 'RGB')",
      "scikit-image": "color.gray2rgb(gray8)",
      opencv: "cv2.cvtColor(gray8, cv2.COLOR_GRAY2RGB)",
    },
  },
  {
    function: "color.rgba2rgb",
    of: "4 × uint8, on white",
    calls: {
      tagswitch: "color.rgba2rgb(rgba8, { out })",
      sharp: { run: "bytes(rgba8().flatten({ background: 'white' }))", result: BYTES },
      "wasm-vips": { run: "pixels(rgba8.flatten({ background: [255, 255, 255] }))", result: BYTES },
      "scikit-image": "color.rgba2rgb(rgba8)",
    },
  },
  {
    function: "color.rgb2hsv",
    of: "3 × float32",
    calls: {
      tagswitch: "color.rgb2hsv(rgb32, { out })",
      "opencv-js": {
        run: "(cv.cvtColor(rgb32, out, cv.COLOR_RGB2HSV), out)",
        result: "samples(result).map((value, i) => (i % 3 === 0 ? value / 360 : value))",
      },
      "scikit-image": "color.rgb2hsv(rgb32)",
      opencv: { run: "cv2.cvtColor(rgb32, cv2.COLOR_RGB2HSV)", result: "result * np.float32([1 / 360, 1, 1])" },
    },
  },
  {
    function: "color.hsv2rgb",
    of: "3 × float32",
    calls: {
      tagswitch: "color.hsv2rgb(hsv32, { out })",
      "opencv-js": {
        prepare: "hsv32.data32F.forEach((value, i, all) => { if (i % 3 === 0) all[i] = 360 * value; })",
        run: "(cv.cvtColor(hsv32, out, cv.COLOR_HSV2RGB), out)",
      },
      "scikit-image": "color.hsv2rgb(hsv32)",
      opencv: {
        prepare: "degrees = hsv32 * np.float32([360, 1, 1])",
        run: "cv2.cvtColor(degrees, cv2.COLOR_HSV2RGB)",
      },
    },
  },
  {
    function: "color.rgb2lab",
    of: "3 × float32",
    calls: {
      tagswitch: "color.rgb2lab(rgb32, { out })",
      "opencv-js": "(cv.cvtColor(rgb32, out, cv.COLOR_RGB2Lab), out)",
      "scikit-image": "color.rgb2lab(rgb32)",
      opencv: "cv2.cvtColor(rgb32, cv2.COLOR_RGB2Lab)",
    },
  },
  {
    function: "color.rgb2lab",
    of: "3 × uint8",
    calls: {
      tagswitch: "color.rgb2lab(rgb8, { out })",
      "wasm-vips": "pixels(rgb8.colourspace('lab'))",
      "scikit-image": "color.rgb2lab(rgb8)",
    },
  },
  {
    function: "color.lab2rgb",
    of: "3 × float32",
    calls: {
      tagswitch: "color.lab2rgb(lab32, { out })",
      "opencv-js": "(cv.cvtColor(lab32, out, cv.COLOR_Lab2RGB), out)",
      "scikit-image": "color.lab2rgb(lab32)",
      opencv: "cv2.cvtColor(lab32, cv2.COLOR_Lab2RGB)",
    },
  },
  {
    function: "color.rgb2xyz",
    of: "3 × float32",
    calls: { tagswitch: "color.rgb2xyz(rgb32, { out })", "scikit-image": "color.rgb2xyz(rgb32)" },
  },
  {
    function: "color.xyz2rgb",
    of: "3 × float32",
    calls: { tagswitch: "color.xyz2rgb(xyz32, { out })", "scikit-image": "color.xyz2rgb(xyz32)" },
  },
  {
    function: "color.label2rgb",
    of: "labels over 3 × uint8",
    calls: {
      tagswitch: "color.label2rgb(labels, rgb8, { out })",
      "scikit-image": "color.label2rgb(labels, rgb8, bg_label=0)",
    },
  },
];
