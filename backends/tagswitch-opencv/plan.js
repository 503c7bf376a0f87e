// @ts-check
// What OpenCV is to do for a call, or why it does not do that to scikit-image's definition. Loads nothing: it is asked before OpenCV is.

/** @typedef {import("tagswitch/image").DType} DType */
/** @typedef {import("tagswitch/image").Border} Border */
/** @typedef {{ readonly dtype: DType, readonly channels: number }} Header what must be known of an image */
/** @typedef {{ border: Border, cval: number }} Edge what lies beyond the edge */

/**
 * @typedef {object} Intensity
 * @property {number} scale factor from sample to intensity
 * @property {"float32" | "float64"} dtype of the result
 */

/** @type {ReadonlySet<unknown>} */
const BORDERS = new Set(["nearest", "reflect", "mirror", "wrap", "constant"]);

const INTENSITY = { uint8: 1 / 255, uint16: 1 / 65535, int32: 1 / 2147483647, float32: 1, float64: 1 };

/** @type {Readonly<Record<number, DType>>} OpenCV's numbers of the depths that images have. */
const DEPTHS = { 0: "uint8", 2: "uint16", 4: "int32", 5: "float32", 6: "float64" };

/** The colours of `color.label2rgb` when none are given: CSS's red, blue, yellow … as scikit-image has them. */
const COLORS = [
  [1, 0, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, 0, 1],
  [0, 0.502, 0],
  [0.294, 0, 0.51],
  [1, 0.549, 0],
  [0, 1, 1],
  [1, 0.753, 0.796],
  [0.604, 0.804, 0.196],
];

/**
 * @param {{ depth(): number, channels(): number }} mat
 * @returns {Header}
 * @throws TypeError for a depth that images lack.
 */
export function headerOf(mat) {
  const dtype = DEPTHS[mat.depth()];
  if (!dtype) throw new TypeError(`a matrix of depth ${mat.depth()}; expected 8U, 16U, 32S, 32F or 64F`);
  return { dtype, channels: mat.channels() };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {Intensity | string}
 */
export function planRgb2Gray(image, options) {
  const given = read(options, []);
  if (typeof given === "string") return given;
  if (image.channels !== 3) return `${image.channels} channels: rgb2gray is for 3`;
  return intensity(image);
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {Intensity & Edge & { kernels: readonly [down: Float64Array, along: Float64Array] } | string}
 */
export function planGaussian(image, options) {
  const given = read(options, ["sigma", "mode", "cval", "preserveRange", "truncate", "channelAxis"]);
  if (typeof given === "string") return given;
  const { sigma = 1, truncate = 4, preserveRange = false, channelAxis = null } = given;
  const pair = Array.isArray(sigma) ? sigma : [sigma, sigma];
  if (pair.length !== 2 || !pair.every((deviation) => isNumber(deviation) && deviation >= 0)) {
    return "sigma: not a number of at least 0, or two";
  }
  if (!isNumber(truncate) || truncate < 0) return "truncate: not a number of at least 0";
  if (typeof preserveRange !== "boolean") return "preserveRange: neither true nor false";
  if (![2, -1, null].includes(channelAxis)) return "channelAxis: neither 2 nor -1";
  if (image.channels > 1 && channelAxis === null) return `${image.channels} channels without channelAxis`;
  if (image.channels > 4) return `${image.channels} channels: OpenCV's filters take 4`;
  const edge = readEdge(given, "nearest");
  if (typeof edge === "string") return edge;
  const [down, along] = pair.map((deviation) => {
    return gaussianKernel(deviation, deviation > 1e-15 ? Math.floor(truncate * deviation + 0.5) : 0);
  });
  const { scale, dtype } = intensity(image);
  return { ...edge, scale: preserveRange ? 1 : scale, dtype, kernels: [down, along] };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {Intensity & Edge & { axis: 0 | 1 | null } | string}
 */
export function planSobel(image, options) {
  const given = read(options, ["axis", "mode", "cval"]);
  if (typeof given === "string") return given;
  const { axis = null } = given;
  if (![0, 1, null].includes(axis)) return "axis: neither 0 nor 1";
  if (image.channels !== 1) return `${image.channels} channels: sobel is for one`;
  const edge = readEdge(given, "reflect");
  if (typeof edge === "string") return edge;
  return { ...edge, ...intensity(image), axis };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {{ levels: 256 | 65536 } | string}
 */
export function planThresholdOtsu(image, options) {
  const given = read(options, ["nbins"]);
  if (typeof given === "string") return given;
  if (given.nbins !== undefined && !(Number.isInteger(given.nbins) && given.nbins >= 2))
    return "nbins: not a whole number of at least 2";
  if (image.channels !== 1) return `${image.channels} channels: thresholdOtsu is for one`;
  if (image.dtype === "uint8") return { levels: 256 };
  if (image.dtype === "uint16") return { levels: 65536 };
  return image.dtype === "int32"
    ? "int32: OpenCV's histogram is of uint8, uint16 or float32"
    : `${image.dtype}: samples on the edges of bins fall into others than in NumPy's histogram`;
}

/**
 * @param {Header} image
 * @param {unknown} threshold
 * @param {unknown} options
 * @returns {{ threshold: number } | string}
 */
export function planGreater(image, threshold, options) {
  const given = read(options, []);
  if (typeof given === "string") return given;
  if (image.channels !== 1) return `${image.channels} channels: greater is for one`;
  if (!isNumber(threshold)) return "a threshold that is no finite number";
  return { threshold };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {{ background: number, neighbours: 4 | 8 } | string}
 */
export function planLabel(image, options) {
  const given = read(options, ["background", "connectivity"]);
  if (typeof given === "string") return given;
  const background = given.background ?? 0;
  const connectivity = given.connectivity ?? 2;
  if (!Number.isSafeInteger(background)) return "background: not a whole number";
  if (connectivity !== 1 && connectivity !== 2) return "connectivity: neither 1 nor 2";
  if (image.channels !== 1) return `${image.channels} channels: label is for one`;
  return { background, neighbours: connectivity === 1 ? 4 : 8 };
}

/**
 * @param {Header} label
 * @param {unknown} image
 * @param {unknown} options
 * @returns {{ bgLabel: number, bgColor: readonly number[], colors: readonly (readonly number[])[] } | string}
 */
export function planLabel2Rgb(label, image, options) {
  const given = read(options, ["kind", "colors", "alpha", "bgLabel", "bgColor", "imageAlpha", "saturation"]);
  if (typeof given === "string") return given;
  if (image !== undefined && image !== null)
    return "an image under the labels: only labels alone are done by OpenCV's look-up table";
  if (label.dtype === "float32" || label.dtype === "float64") return `${label.dtype}: labels are integers`;
  if (label.channels !== 1) return `${label.channels} channels: labels have one`;
  if ((given.kind ?? "overlay") !== "overlay") return 'a kind other than "overlay", without an image';
  const shares = ["alpha", "imageAlpha", "saturation"].filter((name) => name in given);
  if (!shares.every((name) => isNumber(given[name]) && given[name] >= 0 && given[name] <= 1)) {
    return `${shares.join(", ")}: not from 0 to 1`;
  }
  const bgLabel = given.bgLabel ?? 0;
  if (!Number.isSafeInteger(bgLabel)) return "bgLabel: not a whole number";
  // Without an image there is black where nothing is painted.
  const bgColor = given.bgColor ?? [0, 0, 0];
  const colors = given.colors ?? COLORS;
  if (!Array.isArray(colors) || colors.length === 0) return "colors: not an array of at least one colour";
  if (colors.length > 255)
    return `${colors.length} colours: OpenCV's look-up table has 256 entries, one for the background`;
  if (![bgColor, ...colors].every(isColor)) return "colours that are not [red, green, blue]: names are not known here";
  return { bgLabel, bgColor, colors };
}

/** @param {Header} image @returns {Intensity} */
function intensity({ dtype }) {
  return { scale: INTENSITY[dtype], dtype: dtype === "float64" ? "float64" : "float32" };
}

/**
 * The options, or what is wrong with them. Plain objects under other names are another backend's.
 *
 * @param {unknown} options
 * @param {readonly string[]} names
 * @returns {Record<string, any> | string}
 */
function read(options, names) {
  if (options === undefined) return {};
  if (typeof options !== "object" || options === null) return "options that are no object";
  const others = Object.entries(options).filter(([name, value]) => !names.includes(name) && !isForOthers(name, value));
  if (others.length > 0) return `option ${others.map(([name]) => name).join(", ")} is not known here`;
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** @param {string} name @param {unknown} value whether an option is for the dispatcher or, a plain object, for one backend */
function isForOthers(name, value) {
  if (["backend", "like", "out", "signal"].includes(name)) return true;
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * @param {Record<string, any>} given
 * @param {Border} usual
 * @returns {Edge | string}
 */
function readEdge(given, usual) {
  const { mode = usual, cval = 0 } = given;
  if (!BORDERS.has(mode)) return "mode: none of SciPy's";
  if (!isNumber(cval)) return "cval: not a finite number";
  return { border: mode, cval };
}

/** @param {unknown} value @returns {value is number} */
function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** @param {unknown} color */
function isColor(color) {
  return Array.isArray(color) && (color.length === 3 || color.length === 4) && color.every(isNumber);
}

/**
 * The sampled, normalised exponential of scikit-image.
 *
 * @param {number} sigma
 * @param {number} radius
 */
function gaussianKernel(sigma, radius) {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    i === radius ? 1 : Math.exp((-0.5 / (sigma * sigma)) * (i - radius) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight);
  return weights.map((weight) => weight / sum);
}
