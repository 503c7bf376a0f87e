// @ts-check
// What libvips is to do for a call, or why it does not do that to scikit-image's definition. Loads nothing: it is asked before sharp is.

/** @typedef {import("tagswitch/image").DType} DType */
/** @typedef {{ readonly dtype: DType, readonly channels: number }} Header what must be known of an image */
/** @typedef {"nearest" | "reflect" | "wrap" | "constant"} Border by SciPy's names */

/**
 * @typedef {object} Correlation one pass of libvips over an image
 * @property {Float64Array} kernel `width × height` weights
 * @property {number} width
 * @property {number} height
 */

/** @type {ReadonlySet<unknown>} The borders that libvips has. */
const BORDERS = new Set(["nearest", "reflect", "wrap", "constant"]);

/** Factors from sample to intensity. */
const INTENSITY = { uint8: 1 / 255, uint16: 1 / 65535, int32: 1 / 2147483647, float32: 1, float64: 1 };

/** sharp takes kernels of at most 1001 × 1001. */
const MAX_RADIUS = 500;

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {{ weights: Correlation } | string} over red, green and blue as neighbours
 */
export function planRgb2Gray(image, options) {
  const given = read(options, []);
  if (typeof given === "string") return given;
  if (image.channels !== 3) return `${image.channels} channels: rgb2gray is for 3`;
  const scale = INTENSITY[image.dtype];
  return { weights: row(Float64Array.of(0.2125 * scale, 0.7154 * scale, 0.0721 * scale)) };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {{ passes: readonly Correlation[], border: Border } | string}
 */
export function planGaussian(image, options) {
  const given = read(options, ["sigma", "mode", "cval", "preserveRange", "truncate", "channelAxis"]);
  if (typeof given === "string") return given;
  const { sigma = 1, truncate = 4, preserveRange = false, channelAxis = null } = given;
  const pair = Array.isArray(sigma) ? sigma : [sigma, sigma];
  if (pair.length !== 2 || !pair.every((deviation) => isNumber(deviation, 0)))
    return "sigma: not a number of at least 0, or two";
  if (!isNumber(truncate, 0)) return "truncate: not a number of at least 0";
  if (typeof preserveRange !== "boolean") return "preserveRange: neither true nor false";
  if (![2, -1, null].includes(channelAxis)) return "channelAxis: neither 2 nor -1";
  if (image.channels > 1 && channelAxis === null) return `${image.channels} channels without channelAxis`;
  const border = readBorder(given, "nearest");
  if (!BORDERS.has(border)) return border;
  const radii = pair.map((deviation) => (deviation > 1e-15 ? Math.floor(truncate * deviation + 0.5) : 0));
  if (Math.max(...radii) > MAX_RADIUS)
    return `a kernel of radius ${Math.max(...radii)}: sharp's are of ${MAX_RADIUS} at most`;
  const [down, along] = radii.map((radius, axis) => gaussianKernel(pair[axis], radius));
  const scale = preserveRange ? 1 : INTENSITY[image.dtype];
  return { passes: [column(down.map((weight) => weight * scale)), row(along)], border: /** @type {Border} */ (border) };
}

/**
 * @param {Header} image
 * @param {unknown} options
 * @returns {{ derivatives: readonly Correlation[], border: Border } | string} one pass per derivative: down, right or both
 */
export function planSobel(image, options) {
  const given = read(options, ["axis", "mode", "cval"]);
  if (typeof given === "string") return given;
  const { axis = null } = given;
  if (![0, 1, null].includes(axis)) return "axis: neither 0 nor 1";
  if (image.channels !== 1) return `${image.channels} channels: sobel is for one`;
  const border = readBorder(given, "reflect");
  if (!BORDERS.has(border)) return border;
  const scale = INTENSITY[image.dtype] / 4;
  const down = square([-1, -2, -1, 0, 0, 0, 1, 2, 1].map((weight) => weight * scale));
  const right = square([-1, 0, 1, -2, 0, 2, -1, 0, 1].map((weight) => weight * scale));
  const derivatives = axis === null ? [down, right] : [axis === 0 ? down : right];
  // One pixel beyond the edge the two are the same, and that one libvips does by itself.
  return { derivatives, border: border === "reflect" ? "nearest" : /** @type {Border} */ (border) };
}

/**
 * @param {Header} image
 * @param {unknown} threshold
 * @param {unknown} options
 * @returns {{ least: number } | string} the least level that is above the threshold
 */
export function planGreater(image, threshold, options) {
  const given = read(options, []);
  if (typeof given === "string") return given;
  if (image.channels !== 1) return `${image.channels} channels: greater is for one`;
  if (image.dtype !== "uint8") return `${image.dtype}: sharp compares with the 256 levels of uint8 only`;
  // sharp takes 0, which would be below -1, for no threshold at all.
  if (!isNumber(threshold, 0) || threshold >= 255)
    return "a threshold that is not from 0 up to 255: sharp's are levels of uint8";
  return { least: Math.floor(threshold) + 1 };
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
 * The border of an option set, or why not.
 *
 * @param {Record<string, any>} given
 * @param {Border} usual
 * @returns {string}
 */
function readBorder({ mode, cval = 0 }, usual) {
  const border = mode ?? usual;
  if (border === "mirror")
    return "mode mirror: libvips mirrors at the edge of the outermost pixels, not at their centres";
  if (!BORDERS.has(border)) return "mode: none of SciPy's";
  if (border === "constant" && cval !== 0) return "a cval other than 0: sharp's colours are of 8 bits";
  if (!isNumber(cval, -Infinity)) return "cval: not a number";
  return border;
}

/** @param {unknown} value @param {number} least @returns {value is number} */
function isNumber(value, least) {
  return typeof value === "number" && Number.isFinite(value) && value >= least;
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

/** @param {Float64Array} weights @returns {Correlation} zeros around them, as sharp's kernels are 3 wide at least; libvips skips those */
function row(weights) {
  const kernel = new Float64Array(3 * Math.max(weights.length, 3));
  const width = kernel.length / 3;
  kernel.set(weights, width + (width - weights.length) / 2);
  return { kernel, width, height: 3 };
}

/** @param {Float64Array} weights @returns {Correlation} */
function column(weights) {
  const { kernel, width } = row(weights);
  return {
    kernel: Float64Array.from(kernel, (_, i) => kernel[(i % 3) * width + Math.floor(i / 3)]),
    width: 3,
    height: width,
  };
}

/** @param {readonly number[]} weights @returns {Correlation} */
function square(weights) {
  return { kernel: Float64Array.from(weights), width: 3, height: 3 };
}
