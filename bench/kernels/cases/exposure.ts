import type { Case } from "../case.ts";

const LEVELS = "Float64Array.from(samples(result), (value) => value / 255)";

/** A table of 256 levels for OpenCV, from a curve over the intensities `x`. */
const table = (curve: string): string =>
  `x = np.arange(256) / 255; table = np.clip(255 * (${curve}), 0, 255).astype(np.uint8)`;

export const EXPOSURE: readonly Case[] = [
  {
    function: "exposure.adjustGamma",
    of: "uint8, gamma 0.5",
    calls: {
      tagswitch: "exposure.adjustGamma(gray8, { gamma: 0.5, out })",
      "wasm-vips": "pixels(gray8.gamma({ exponent: 2 }))",
      "scikit-image": "exposure.adjust_gamma(gray8, 0.5)",
      opencv: { prepare: table("x**0.5"), run: "cv2.LUT(gray8, table)" },
    },
  },
  {
    function: "exposure.adjustGamma",
    of: "float32, gamma 0.5",
    calls: {
      tagswitch: "exposure.adjustGamma(gray32, { gamma: 0.5, out })",
      "opencv-js": "(cv.pow(gray32, 0.5, out), out)",
      "scikit-image": "exposure.adjust_gamma(gray32, 0.5)",
      opencv: "cv2.pow(gray32, 0.5)",
    },
  },
  {
    function: "exposure.adjustLog",
    of: "uint8",
    calls: {
      tagswitch: "exposure.adjustLog(gray8, { out })",
      "scikit-image": "exposure.adjust_log(gray8)",
      opencv: { prepare: table("np.log2(1 + x)"), run: "cv2.LUT(gray8, table)" },
    },
  },
  {
    function: "exposure.adjustLog",
    of: "float32",
    calls: { tagswitch: "exposure.adjustLog(gray32, { out })", "scikit-image": "exposure.adjust_log(gray32)" },
  },
  {
    function: "exposure.adjustSigmoid",
    of: "uint8",
    calls: {
      tagswitch: "exposure.adjustSigmoid(gray8, { out })",
      "scikit-image": "exposure.adjust_sigmoid(gray8)",
      opencv: { prepare: table("1 / (1 + np.exp(10 * (0.5 - x)))"), run: "cv2.LUT(gray8, table)" },
    },
  },
  {
    function: "exposure.adjustSigmoid",
    of: "float32",
    calls: { tagswitch: "exposure.adjustSigmoid(gray32, { out })", "scikit-image": "exposure.adjust_sigmoid(gray32)" },
  },
  {
    function: "exposure.equalizeHist",
    of: "uint8",
    calls: {
      tagswitch: "exposure.equalizeHist(gray8, { out })",
      "opencv-js": { run: "(cv.equalizeHist(gray8, out), out)", result: LEVELS },
      "wasm-vips": {
        run: "pixels(gray8.histEqual())",
        result: "Float64Array.from(result, (value) => value / 255)",
      },
      "scikit-image": "exposure.equalize_hist(gray8)",
      opencv: { run: "cv2.equalizeHist(gray8)", result: "result / 255" },
    },
  },
  {
    function: "exposure.equalizeHist",
    of: "float32",
    calls: { tagswitch: "exposure.equalizeHist(gray32, { out })", "scikit-image": "exposure.equalize_hist(gray32)" },
  },
  {
    function: "exposure.equalizeAdapthist",
    of: "uint8",
    calls: {
      tagswitch: "exposure.equalizeAdapthist(gray8, { out })",
      "opencv-js": {
        prepare: "const clahe = new cv.CLAHE(2.56, size(8, 8))",
        run: "(clahe.apply(gray8, out), out)",
        result: LEVELS,
      },
      "scikit-image": "exposure.equalize_adapthist(gray8)",
      opencv: {
        prepare: "clahe = cv2.createCLAHE(2.56, (8, 8))",
        run: "clahe.apply(gray8)",
        result: "result / 255",
      },
    },
  },
  {
    function: "exposure.histogram",
    of: "uint8",
    calls: {
      tagswitch: { run: "exposure.histogram(gray8, { sourceRange: 'dtype' })", result: "result.counts" },
      "opencv-js": {
        prepare: "const list = new cv.MatVector(); list.push_back(gray8)",
        run: "(cv.calcHist(list, [0], none, out, [256], [0, 256]), out)",
      },
      "image-js": "IJS.histogram(gray8)",
      "scikit-image": { run: "exposure.histogram(gray8, source_range='dtype')", result: "result[0]" },
      opencv: "cv2.calcHist([gray8], [0], None, [256], [0, 256])",
    },
  },
  {
    function: "exposure.histogram",
    of: "float32",
    calls: {
      tagswitch: { run: "exposure.histogram(gray32)", result: "result.counts" },
      "scikit-image": { run: "exposure.histogram(gray32)", result: "result[0]" },
    },
  },
  {
    function: "exposure.matchHistograms",
    of: "uint8",
    calls: {
      tagswitch: "exposure.matchHistograms(gray8, other8, { out })",
      "scikit-image": "exposure.match_histograms(gray8, other8)",
    },
  },
  {
    function: "exposure.matchHistograms",
    of: "float32",
    calls: {
      tagswitch: "exposure.matchHistograms(gray32, other32, { out })",
      "scikit-image": "exposure.match_histograms(gray32, other32)",
    },
  },
  {
    function: "exposure.rescaleIntensity",
    of: "uint8",
    calls: {
      tagswitch: "exposure.rescaleIntensity(gray8, { out })",
      "opencv-js": "(cv.normalize(gray8, out, 0, 255, cv.NORM_MINMAX), out)",
      sharp: "grayBytes(gray8().normalise({ lower: 0, upper: 100 }))",
      "wasm-vips": "pixels(gray8.scale())",
      "image-js": "IJS.increaseContrast(gray8)",
      "scikit-image": "exposure.rescale_intensity(gray8)",
      opencv: "cv2.normalize(gray8, None, 0, 255, cv2.NORM_MINMAX)",
    },
  },
  {
    function: "exposure.rescaleIntensity",
    of: "float32",
    calls: {
      tagswitch: "exposure.rescaleIntensity(gray32, { out })",
      "opencv-js": "(cv.normalize(gray32, out, 0, 1, cv.NORM_MINMAX), out)",
      "scikit-image": "exposure.rescale_intensity(gray32)",
      opencv: "cv2.normalize(gray32, None, 0, 1, cv2.NORM_MINMAX)",
    },
  },
];
