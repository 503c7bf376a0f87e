import test from "ava";
import {
  color,
  exposure,
  filters,
  Image,
  ImageError,
  type ImageErrorCode,
  measure,
  morphology,
  segmentation,
  transform,
  util,
} from "../../src/image/index.ts";
import { OPERATIONS } from "./conformance.ts";

const gray = (): Image => new Image(new Uint8Array(12).fill(7, 3), { width: 4, height: 3 });
const rgb = (): Image => new Image(new Uint8Array(36), { width: 4, height: 3, channels: 3 });
const rgba = (): Image => new Image(new Uint8Array(48), { width: 4, height: 3, channels: 4 });
const floats = (...samples: number[]): Image =>
  new Image(Float32Array.from(samples), { width: samples.length, height: 1 });
/** Every level of bytes. */
const ramp = (): Image =>
  new Image(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    { width: 256, height: 1 },
  );
/** Of the class only by its prototype. */
const hollow = (): Image => Object.create(Image.prototype) as Image;
const labels = (): Image => new Image(new Int32Array(12), { width: 4, height: 3 });

/** An array of holes. */
function sparse(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

const IDENTITY: transform.Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // oxfmt-ignore

/** A value that the types forbid. */
const wrong = (value: unknown): never => value as never;

function detached(): Image {
  const image = gray();
  structuredClone(image.data.buffer, { transfer: [image.data.buffer as ArrayBuffer] });
  return image;
}

// oxfmt-ignore
const refused: [title: string, call: () => unknown, code: ImageErrorCode, message: RegExp][] = [
  ["no rows", () => new Image(new Uint8Array(0), { width: 4, height: 0 }), "ERR_IMAGE_SHAPE", /^image height is 0; expected a whole/],
  ["width NaN", () => new Image(new Uint8Array(4), { width: Number.NaN, height: 1 }), "ERR_IMAGE_SHAPE", /^image width is NaN/],
  ["half a channel", () => new Image(new Uint8Array(4), { width: 4, height: 1, channels: 0.5 }), "ERR_IMAGE_SHAPE", /channels is 0\.5/],
  ["wrong length", () => new Image(new Uint8Array(11), { width: 4, height: 3 }), "ERR_IMAGE_BUFFER", /holds 11 samples; shape .* needs 12$/],
  ["8-bit signed", () => new Image(wrong(new Int8Array(4)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /is a Int8Array; expected a Uint8Array,/],
  ["an array", () => new Image(wrong([1, 2]), { width: 2, height: 1 }), "ERR_IMAGE_DTYPE", /is a Array/],
  ["no geometry", () => new Image(new Uint8Array(4), wrong(undefined)), "ERR_IMAGE_SHAPE", /^image geometry is undefined; expected \{ width, height \}$/],
  ["null geometry", () => new Image(new Uint8Array(4), wrong(null)), "ERR_IMAGE_SHAPE", /^image geometry is null/],
  ["a bare object as width", () => new Image(new Uint8Array(4), { width: wrong(Object.create(null)), height: 1 }), "ERR_IMAGE_SHAPE", /^image width is a plain object; expected a whole/],
  ["width as text", () => new Image(new Uint8Array(4), { width: wrong("4"), height: 1 }), "ERR_IMAGE_SHAPE", /^image width is "4"/],
  ["alpha as text", () => new Image(new Uint8Array(4), { width: 4, height: 1, alpha: wrong("yes") }), "ERR_IMAGE_SHAPE", /^image alpha is "yes"; expected true or false$/],
  ["bare data", () => new Image(wrong(Object.create(null)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /^image data is a plain object/],
  ["hollow data", () => new Image(wrong(Object.create(Uint8Array.prototype)), { width: 4, height: 1 }), "ERR_IMAGE_DTYPE", /^image data is a Uint8Array without memory/],
  ["shared memory", () => new Image(new Uint8Array(new SharedArrayBuffer(4)), { width: 4, height: 1 }), "ERR_IMAGE_BUFFER", /SharedArrayBuffer/],

  ["rgb2gray of grey", () => color.rgb2gray(gray()), "ERR_IMAGE_SHAPE", /^color\.rgb2gray: image has shape 3 × 4; expected 3 channels; it is grey already$/],
  ["rgb2gray of RGBA", () => color.rgb2gray(rgba()), "ERR_IMAGE_SHAPE", /shape 3 × 4 × 4; .*color\.rgba2rgb first$/],
  ["rgb2gray detached", () => color.rgb2gray(detached()), "ERR_IMAGE_BUFFER", /holds 0 samples \(is its buffer detached\?\)/],
  ["rgb2gray unknown option", () => color.rgb2gray(rgb(), wrong({ weights: 1 })), "ERR_IMAGE_OPTION", /no option "weights"; accepted: backend$/],

  ["rgba2rgb of RGB", () => color.rgba2rgb(rgb()), "ERR_IMAGE_SHAPE", /^color\.rgba2rgb: image has shape 3 × 4 × 3; expected 4 channels, the fourth being opacity$/],
  ["rgba2rgb background", () => color.rgba2rgb(rgba(), { background: [0, 2, 0] }), "ERR_IMAGE_OPTION", /background is \[0, 2, 0\]; expected \[red, green, blue\] from 0 to 1$/],
  ["rgba2rgb named background", () => color.rgba2rgb(rgba(), { background: wrong("white") }), "ERR_IMAGE_OPTION", /background is "white"/],
  ["rgba2rgb detached", () => color.rgba2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["rgb2hsv of grey", () => color.rgb2hsv(gray()), "ERR_IMAGE_SHAPE", /^color\.rgb2hsv: image has shape 3 × 4; expected 3 channels; color\.gray2rgb makes them of one$/],
  ["rgb2hsv unknown option", () => color.rgb2hsv(rgb(), wrong({ channelAxis: 2 })), "ERR_IMAGE_OPTION", /no option "channelAxis"; accepted: backend$/],
  ["rgb2hsv detached", () => color.rgb2hsv(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["hsv2rgb of grey", () => color.hsv2rgb(gray()), "ERR_IMAGE_SHAPE", /^color\.hsv2rgb: .*expected 3 channels/],
  ["hsv2rgb detached", () => color.hsv2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["rgb2xyz of RGBA", () => color.rgb2xyz(rgba()), "ERR_IMAGE_SHAPE", /^color\.rgb2xyz: .*color\.rgba2rgb first$/],
  ["rgb2xyz detached", () => color.rgb2xyz(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["xyz2rgb of grey", () => color.xyz2rgb(gray()), "ERR_IMAGE_SHAPE", /^color\.xyz2rgb: .*expected 3 channels/],
  ["xyz2rgb detached", () => color.xyz2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["rgb2lab of grey", () => color.rgb2lab(gray()), "ERR_IMAGE_SHAPE", /^color\.rgb2lab: .*expected 3 channels/],
  ["rgb2lab illuminant", () => color.rgb2lab(rgb(), { illuminant: wrong("D93") }), "ERR_IMAGE_OPTION", /illuminant is "D93"; expected one of "A", "B", /],
  ["rgb2lab detached", () => color.rgb2lab(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["lab2rgb of grey", () => color.lab2rgb(gray()), "ERR_IMAGE_SHAPE", /^color\.lab2rgb: .*expected 3 channels/],
  ["lab2rgb observer", () => color.lab2rgb(rgb(), { observer: wrong(2) }), "ERR_IMAGE_OPTION", /observer is 2; expected one of "2", "10", "R"$/],
  ["lab2rgb detached", () => color.lab2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["gray2rgb of RGB", () => color.gray2rgb(rgb()), "ERR_IMAGE_SHAPE", /^color\.gray2rgb: image has shape 3 × 4 × 3; expected one channel/],
  ["gray2rgb unknown option", () => color.gray2rgb(gray(), wrong({ alpha: 1 })), "ERR_IMAGE_OPTION", /no option "alpha"; accepted: backend$/],
  ["gray2rgb detached", () => color.gray2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["adjustGamma below 0", () => exposure.adjustGamma(floats(0.5, -0.25)), "ERR_IMAGE_VALUE", /image holds -0\.25; expected samples of at least 0$/],
  ["adjustGamma negative gamma", () => exposure.adjustGamma(gray(), { gamma: -1 }), "ERR_IMAGE_OPTION", /option gamma is -1; expected a finite number of at least 0$/],
  ["adjustGamma gain NaN", () => exposure.adjustGamma(gray(), { gain: Number.NaN }), "ERR_IMAGE_OPTION", /gain is NaN; expected a finite number$/],
  ["adjustGamma detached", () => exposure.adjustGamma(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["adjustLog below 0", () => exposure.adjustLog(new Image(Int32Array.of(-7), { width: 1, height: 1 })), "ERR_IMAGE_VALUE", /holds -7; expected/],
  ["adjustLog inv as number", () => exposure.adjustLog(gray(), { inv: wrong(1) }), "ERR_IMAGE_OPTION", /inv is 1; expected true or false$/],
  ["adjustLog detached", () => exposure.adjustLog(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["adjustSigmoid below 0", () => exposure.adjustSigmoid(floats(-1)), "ERR_IMAGE_VALUE", /holds -1; expected/],
  ["adjustSigmoid cutoff", () => exposure.adjustSigmoid(gray(), { cutoff: Infinity }), "ERR_IMAGE_OPTION", /cutoff is Infinity; expected a finite number$/],
  ["adjustSigmoid detached", () => exposure.adjustSigmoid(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["equalizeHist of colour", () => exposure.equalizeHist(rgb()), "ERR_IMAGE_SHAPE", /^exposure\.equalizeHist: image has shape 3 × 4 × 3; expected one channel/],
  ["equalizeHist no bins", () => exposure.equalizeHist(floats(1, 2), { nbins: 0 }), "ERR_IMAGE_OPTION", /nbins is 0; expected a whole number from 1 to 16777216$/],
  ["equalizeHist NaN", () => exposure.equalizeHist(floats(1, Number.NaN)), "ERR_IMAGE_VALUE", /^exposure\.equalizeHist: image holds NaN; expected finite samples$/],
  ["equalizeHist too narrow", () => exposure.equalizeHist(floats(1, 1.0000001)), "ERR_IMAGE_VALUE", /is too narrow for 256 distinct bins$/],
  ["equalizeHist detached", () => exposure.equalizeHist(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["rescaleIntensity range", () => exposure.rescaleIntensity(gray(), { inRange: wrong("int8") }), "ERR_IMAGE_OPTION", /inRange is "int8"; expected two numbers, or one of "image", "dtype", uint8, /],
  ["rescaleIntensity half a range", () => exposure.rescaleIntensity(gray(), { outRange: wrong([1]) }), "ERR_IMAGE_OPTION", /outRange is \[1\]; expected two/],
  ["rescaleIntensity NaN", () => exposure.rescaleIntensity(gray(), { outRange: [0, Number.NaN] }), "ERR_IMAGE_OPTION", /outRange is \[0, NaN\]; expected two/],
  ["rescaleIntensity detached", () => exposure.rescaleIntensity(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["gaussian of colour", () => filters.gaussian(rgb()), "ERR_IMAGE_SHAPE", /^filters\.gaussian: image has shape 3 × 4 × 3; pass channelAxis: 2/],
  ["gaussian, null axis", () => filters.gaussian(rgb(), { channelAxis: null }), "ERR_IMAGE_SHAPE", /pass channelAxis: 2/],
  ["gaussian, axis 1", () => filters.gaussian(rgb(), { channelAxis: wrong(1) }), "ERR_IMAGE_OPTION", /channelAxis is 1; expected one of 2, -1, null$/],
  ["gaussian sigma NaN", () => filters.gaussian(gray(), { sigma: Number.NaN }), "ERR_IMAGE_OPTION", /^filters\.gaussian: option sigma is NaN; expected a finite number of at least 0, or two of them/],
  ["gaussian sigma < 0", () => filters.gaussian(gray(), { sigma: -1 }), "ERR_IMAGE_OPTION", /sigma is -1/],
  ["gaussian one bad sigma", () => filters.gaussian(gray(), { sigma: [1, -2] }), "ERR_IMAGE_OPTION", /sigma is \[1, -2\]/],
  ["gaussian three sigmas", () => filters.gaussian(gray(), { sigma: wrong([1, 2, 3]) }), "ERR_IMAGE_OPTION", /sigma is \[1, 2, 3\]/],
  ["gaussian sparse sigma", () => filters.gaussian(gray(), { sigma: wrong(sparse(2)) }), "ERR_IMAGE_OPTION", /sigma is \[/],
  ["gaussian sigma text", () => filters.gaussian(gray(), { sigma: wrong("2") }), "ERR_IMAGE_OPTION", /sigma is "2"/],
  ["gaussian sigma huge", () => filters.gaussian(gray(), { sigma: 1e9 }), "ERR_IMAGE_LIMIT", /radius 4000000000; at most 65535/],
  ["gaussian sigma and truncate overflow", () => filters.gaussian(gray(), { sigma: 1e200, truncate: 1e200 }), "ERR_IMAGE_LIMIT", /radius Infinity/],
  ["gaussian truncate < 0", () => filters.gaussian(gray(), { truncate: -0.1 }), "ERR_IMAGE_OPTION", /truncate is -0\.1; expected a finite number of at least 0$/],
  ["gaussian NumPy's mode", () => filters.gaussian(gray(), { mode: wrong("edge") }), "ERR_IMAGE_OPTION", /mode is "edge"; expected one of "reflect", "constant", "nearest", "mirror", "wrap"$/],
  ["gaussian mode __proto__", () => filters.gaussian(gray(), { mode: wrong("__proto__") }), "ERR_IMAGE_OPTION", /mode is "__proto__"/],
  ["gaussian cval NaN", () => filters.gaussian(gray(), { cval: Number.NaN }), "ERR_IMAGE_OPTION", /cval is NaN; expected a finite number$/],
  ["gaussian preserveRange 1", () => filters.gaussian(gray(), { preserveRange: wrong(1) }), "ERR_IMAGE_OPTION", /preserveRange is 1; expected true or false$/],
  ["gaussian Python's name", () => filters.gaussian(gray(), wrong({ preserve_range: true })), "ERR_IMAGE_OPTION", /no option "preserve_range"; accepted: sigma, .*preserveRange/],
  ["gaussian options number", () => filters.gaussian(gray(), wrong(2)), "ERR_IMAGE_OPTION", /options are 2; expected an object such as \{ sigma: … \}$/],
  ["gaussian options null", () => filters.gaussian(gray(), wrong(null)), "ERR_IMAGE_OPTION", /options are null/],
  ["gaussian detached", () => filters.gaussian(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["sobel of colour", () => filters.sobel(rgb()), "ERR_IMAGE_SHAPE", /^filters\.sobel: image has shape 3 × 4 × 3; expected one channel; color\.rgb2gray makes one/],
  ["sobel axis 2", () => filters.sobel(gray(), { axis: wrong(2) }), "ERR_IMAGE_OPTION", /axis is 2; expected one of 0, 1, null$/],
  ["sobel axis -1", () => filters.sobel(gray(), { axis: wrong(-1) }), "ERR_IMAGE_OPTION", /axis is -1/],
  ["sobel cval text", () => filters.sobel(gray(), { cval: wrong("0") }), "ERR_IMAGE_OPTION", /cval is "0"/],
  ["sobel cval beyond 32 bits", () => filters.sobel(floats(1), { mode: "constant", cval: 1e19 }), "ERR_IMAGE_OPTION", /cval is 10000000000000000000; expected a finite number from -1000000000000000000 to 1000000000000000000$/],
  ["sobel cval beyond 32 bits of bytes", () => filters.sobel(gray(), { mode: "constant", cval: -1e16 }), "ERR_IMAGE_OPTION", /cval is -10000000000000000; expected a finite number from -/],
  ["sobel detached", () => filters.sobel(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["scharr of colour", () => filters.scharr(rgb()), "ERR_IMAGE_SHAPE", /^filters\.scharr: image has shape 3 × 4 × 3; expected one channel/],
  ["prewitt axis 2", () => filters.prewitt(gray(), { axis: wrong(2) }), "ERR_IMAGE_OPTION", /^filters\.prewitt: option axis is 2; expected one of 0, 1, null$/],
  ["farid cval beyond 32 bits", () => filters.farid(floats(1), { mode: "constant", cval: 1e19 }), "ERR_IMAGE_OPTION", /^filters\.farid: option cval is 1/],
  ["farid mask", () => filters.farid(gray(), wrong({ mask: gray() })), "ERR_IMAGE_OPTION", /no option "mask"; accepted: axis, mode, cval, backend$/],
  ["scharr detached", () => filters.scharr(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["laplace of colour", () => filters.laplace(rgb()), "ERR_IMAGE_SHAPE", /^filters\.laplace: image has shape/],
  ["laplace ksize", () => filters.laplace(gray(), wrong({ ksize: 3 })), "ERR_IMAGE_OPTION", /no option "ksize"; accepted: backend$/],
  ["laplace detached", () => filters.laplace(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["median of colour", () => filters.median(rgb()), "ERR_IMAGE_SHAPE", /^filters\.median: image has shape/],
  ["median footprint 3", () => filters.median(gray(), { footprint: wrong(3) }), "ERR_IMAGE_OPTION", /^filters\.median: option footprint is 3; expected rows of equal length/],
  ["median ragged footprint", () => filters.median(gray(), { footprint: [[1], [1, 1]] }), "ERR_IMAGE_OPTION", /footprint is \[an array of 1, an array of 2\]; expected rows of equal length/],
  ["median empty footprint", () => filters.median(gray(), { footprint: [[0, false]] }), "ERR_IMAGE_OPTION", /with at least one cell that is not 0$/],
  ["median detached footprint", () => filters.median(gray(), { footprint: wrong(detached()) }), "ERR_IMAGE_BUFFER", /detached/],
  ["median cval beyond bytes", () => filters.median(gray(), { mode: "constant", cval: 256 }), "ERR_IMAGE_OPTION", /cval is 256; expected a finite number from 0 to 255$/],
  ["median cval beyond floats", () => filters.median(floats(1), { cval: 1e39 }), "ERR_IMAGE_OPTION", /cval is 1e\+39; expected a finite number from -3\.4/],
  ["median behavior", () => filters.median(gray(), wrong({ behavior: "rank" })), "ERR_IMAGE_OPTION", /no option "behavior"/],
  ["median detached", () => filters.median(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["difference without sigma", () => filters.differenceOfGaussians(gray(), wrong(undefined)), "ERR_IMAGE_OPTION", /^filters\.differenceOfGaussians: lowSigma is undefined; expected a finite number of at least 0, or two/],
  ["difference of options", () => filters.differenceOfGaussians(gray(), wrong({ highSigma: 2 })), "ERR_IMAGE_OPTION", /lowSigma is a plain object/],
  ["difference, sigma < 0", () => filters.differenceOfGaussians(gray(), [1, -1]), "ERR_IMAGE_OPTION", /lowSigma is \[1, -1\]/],
  ["difference, high below low", () => filters.differenceOfGaussians(gray(), [1, 2], { highSigma: [2, 1.5] }), "ERR_IMAGE_OPTION", /highSigma is \[2, 1\.5\]; expected at least lowSigma, \[1, 2\], for each axis$/],
  ["difference, high text", () => filters.differenceOfGaussians(gray(), 1, { highSigma: wrong("2") }), "ERR_IMAGE_OPTION", /highSigma is "2"; expected a finite number/],
  ["difference, high huge", () => filters.differenceOfGaussians(gray(), 1, { highSigma: 1e9 }), "ERR_IMAGE_LIMIT", /at most 65535/],
  ["difference of colour", () => filters.differenceOfGaussians(rgb(), 1), "ERR_IMAGE_SHAPE", /pass channelAxis: 2/],
  ["difference detached", () => filters.differenceOfGaussians(detached(), 1), "ERR_IMAGE_BUFFER", /detached/],

  ["unsharp of colour", () => filters.unsharpMask(rgb()), "ERR_IMAGE_SHAPE", /^filters\.unsharpMask: image has shape 3 × 4 × 3; pass channelAxis: 2/],
  ["unsharp radius < 0", () => filters.unsharpMask(gray(), { radius: -1 }), "ERR_IMAGE_OPTION", /radius is -1; expected a finite number of at least 0/],
  ["unsharp radius huge", () => filters.unsharpMask(gray(), { radius: 1e9 }), "ERR_IMAGE_LIMIT", /at most 65535/],
  ["unsharp amount NaN", () => filters.unsharpMask(gray(), { amount: Number.NaN }), "ERR_IMAGE_OPTION", /amount is NaN; expected a finite number$/],
  ["unsharp preserveRange 1", () => filters.unsharpMask(gray(), { preserveRange: wrong(1) }), "ERR_IMAGE_OPTION", /preserveRange is 1/],
  ["unsharp detached", () => filters.unsharpMask(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["otsu of colour", () => filters.thresholdOtsu(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdOtsu: image has shape 3 × 4 × 3; expected one channel/],
  ["otsu one bin", () => filters.thresholdOtsu(gray(), { nbins: 1 }), "ERR_IMAGE_OPTION", /nbins is 1; expected a whole number from 2 to 16777216$/],
  ["otsu 2.5 bins", () => filters.thresholdOtsu(gray(), { nbins: 2.5 }), "ERR_IMAGE_OPTION", /nbins is 2\.5/],
  ["otsu endless bins", () => filters.thresholdOtsu(gray(), { nbins: Infinity }), "ERR_IMAGE_OPTION", /nbins is Infinity/],
  ["otsu NaN", () => filters.thresholdOtsu(floats(1, Number.NaN, 2)), "ERR_IMAGE_VALUE", /^filters\.thresholdOtsu: image holds NaN; expected finite samples$/],
  ["otsu only NaN", () => filters.thresholdOtsu(floats(Number.NaN)), "ERR_IMAGE_VALUE", /holds NaN/],
  ["otsu infinite", () => filters.thresholdOtsu(floats(1, -Infinity, 2)), "ERR_IMAGE_VALUE", /holds -Infinity/],
  ["otsu too narrow", () => filters.thresholdOtsu(floats(1, 1.0000001)), "ERR_IMAGE_VALUE", /is too narrow for 256 distinct bins$/],
  ["otsu too narrow, far from 0", () => filters.thresholdOtsu(floats(1e30, 1.0000001e30)), "ERR_IMAGE_VALUE", /is too narrow for 256 distinct bins$/],
  ["otsu too wide", () => filters.thresholdOtsu(floats(-3e38, 0, 3e38)), "ERR_IMAGE_VALUE", /is too wide for float32$/],
  ["otsu detached", () => filters.thresholdOtsu(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["isodata of colour", () => filters.thresholdIsodata(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdIsodata: image has shape/],
  ["isodata one bin", () => filters.thresholdIsodata(gray(), { nbins: 1 }), "ERR_IMAGE_OPTION", /nbins is 1; expected a whole number from 2/],
  ["isodata NaN", () => filters.thresholdIsodata(floats(1, Number.NaN)), "ERR_IMAGE_VALUE", /^filters\.thresholdIsodata: image holds NaN/],
  ["li of colour", () => filters.thresholdLi(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdLi: image has shape/],
  ["li tolerance 0", () => filters.thresholdLi(gray(), { tolerance: 0 }), "ERR_IMAGE_OPTION", /tolerance is 0; expected a finite number above 0, or null$/],
  ["li guess NaN", () => filters.thresholdLi(gray(), { initialGuess: Number.NaN }), "ERR_IMAGE_OPTION", /initialGuess is NaN; expected a finite number, or null$/],
  ["li guess outside", () => filters.thresholdLi(gray(), { initialGuess: 7 }), "ERR_IMAGE_OPTION", /initialGuess is 7; expected a number between the samples' extremes, 0 and 7$/],
  ["li detached", () => filters.thresholdLi(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["mean of colour", () => filters.thresholdMean(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdMean: image has shape/],
  ["mean unknown option", () => filters.thresholdMean(gray(), wrong({ nbins: 4 })), "ERR_IMAGE_OPTION", /no option "nbins"; accepted: backend$/],
  ["mean detached", () => filters.thresholdMean(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["minimum of colour", () => filters.thresholdMinimum(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdMinimum: image has shape/],
  ["minimum never smoothed", () => filters.thresholdMinimum(gray(), { maxNumIter: 0 }), "ERR_IMAGE_OPTION", /maxNumIter is 0; expected a whole number of at least 1$/],
  ["minimum of one peak", () => filters.thresholdMinimum(gray()), "ERR_IMAGE_VALUE", /has \d peaks?; expected two/],
  ["minimum of far levels", () => filters.thresholdMinimum(new Image(Int32Array.of(0, 2 ** 20), { width: 2, height: 1 })), "ERR_IMAGE_LIMIT", /levels go from 0 to 1048576; they may lie 1048576 apart at most$/],
  ["multiotsu of colour", () => filters.thresholdMultiotsu(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdMultiotsu: image has shape/],
  ["multiotsu one class", () => filters.thresholdMultiotsu(gray(), { classes: 1 }), "ERR_IMAGE_OPTION", /classes is 1; expected a whole number from 2 to 256$/],
  ["multiotsu few values", () => filters.thresholdMultiotsu(gray()), "ERR_IMAGE_VALUE", /image has 2 different values in its histogram; 3 classes need as many$/],
  ["multiotsu too many sets", () => filters.thresholdMultiotsu(ramp(), { classes: 9 }), "ERR_IMAGE_LIMIT", /256 values and 9 classes make 3\.97e\+14 sets of thresholds; at most/],
  ["triangle of colour", () => filters.thresholdTriangle(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdTriangle: image has shape/],
  ["triangle infinite", () => filters.thresholdTriangle(floats(1, Infinity)), "ERR_IMAGE_VALUE", /^filters\.thresholdTriangle: image holds Infinity/],
  ["yen of colour", () => filters.thresholdYen(rgb()), "ERR_IMAGE_SHAPE", /^filters\.thresholdYen: image has shape/],
  ["yen one bin", () => filters.thresholdYen(gray(), { nbins: 1 }), "ERR_IMAGE_OPTION", /nbins is 1/],
  ["yen too narrow", () => filters.thresholdYen(floats(1, 1.0000001)), "ERR_IMAGE_VALUE", /^filters\.thresholdYen: .* is too narrow for 256 distinct bins$/],

  ["greater of colour", () => util.greater(rgb(), 1), "ERR_IMAGE_SHAPE", /^util\.greater: image has shape/],
  ["greater than text", () => util.greater(gray(), wrong("1")), "ERR_IMAGE_OPTION", /^util\.greater: threshold is "1"; expected a number$/],
  ["greater than nothing", () => util.greater(gray(), wrong(undefined)), "ERR_IMAGE_OPTION", /threshold is undefined/],
  ["imgAsFloat unknown option", () => util.imgAsFloat(gray(), wrong({ forceCopy: true })), "ERR_IMAGE_OPTION", /no option "forceCopy"; accepted: backend$/],
  ["imgAsFloat detached", () => util.imgAsFloat(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["imgAsUbyte beyond 1", () => util.imgAsUbyte(floats(0.5, 1.5)), "ERR_IMAGE_VALUE", /^util\.imgAsUbyte: image holds 1\.5; expected samples from -1 to 1$/],
  ["imgAsUbyte NaN", () => util.imgAsUbyte(floats(Number.NaN)), "ERR_IMAGE_VALUE", /holds NaN/],
  ["imgAsUbyte detached", () => util.imgAsUbyte(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["imgAsUint below -1", () => util.imgAsUint(floats(-2)), "ERR_IMAGE_VALUE", /^util\.imgAsUint: image holds -2; expected samples from -1 to 1$/],
  ["imgAsUint detached", () => util.imgAsUint(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["invert signedFloat 1", () => util.invert(gray(), { signedFloat: wrong(1) }), "ERR_IMAGE_OPTION", /^util\.invert: option signedFloat is 1; expected true or false$/],
  ["invert Python's name", () => util.invert(gray(), wrong({ signed_float: true })), "ERR_IMAGE_OPTION", /no option "signed_float"; accepted: signedFloat, backend$/],
  ["invert detached", () => util.invert(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["randomNoise mode", () => util.randomNoise(gray(), { mode: wrong("poisson") }), "ERR_IMAGE_OPTION", /mode is "poisson"; expected one of "gaussian", "speckle", /],
  ["randomNoise option of another mode", () => util.randomNoise(gray(), { amount: 0.1 }), "ERR_IMAGE_OPTION", /mode "gaussian" has no option amount; it has mean and var$/],
  ["randomNoise variance", () => util.randomNoise(gray(), { var: -1 }), "ERR_IMAGE_OPTION", /var is -1; expected a finite number of at least 0$/],
  ["randomNoise seed", () => util.randomNoise(gray(), { rng: 0.5 }), "ERR_IMAGE_OPTION", /rng is 0\.5; expected a whole number of at least 0$/],
  ["randomNoise detached", () => util.randomNoise(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["greater detached", () => util.greater(detached(), 1), "ERR_IMAGE_BUFFER", /detached/],

  ["label of colour", () => measure.label(rgb()), "ERR_IMAGE_SHAPE", /^measure\.label: image has shape/],
  ["label connectivity 8", () => measure.label(gray(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected one of 1, 2, null$/],
  ["label background 0.5", () => measure.label(gray(), { background: 0.5 }), "ERR_IMAGE_OPTION", /background is 0\.5; expected a whole number$/],
  ["label detached", () => measure.label(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["erosion of colour", () => morphology.erosion(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.erosion: image has shape 3 × 4 × 3; expected one channel/],
  ["dilation, empty footprint", () => morphology.dilation(gray(), { footprint: [[0, 0]] }), "ERR_IMAGE_OPTION", /^morphology\.dilation: option footprint is \[an array of 2\]; expected rows of equal length/],
  ["opening, ragged footprint", () => morphology.opening(gray(), { footprint: [[1], [1, 1]] }), "ERR_IMAGE_OPTION", /^morphology\.opening: option footprint/],
  ["closing NumPy's mode", () => morphology.closing(gray(), { mode: wrong("edge") }), "ERR_IMAGE_OPTION", /mode is "edge"; expected one of "reflect", .*"max", "min", "ignore"$/],
  ["whiteTophat cval out of range", () => morphology.whiteTophat(gray(), { mode: "constant", cval: 256 }), "ERR_IMAGE_OPTION", /^morphology\.whiteTophat: option cval is 256; expected a finite number from 0 to 255$/],
  ["blackTophat cval NaN", () => morphology.blackTophat(floats(1), { cval: Number.NaN }), "ERR_IMAGE_OPTION", /cval is NaN; expected a finite number$/],
  ["erosion detached", () => morphology.erosion(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["erosion by a detached footprint", () => morphology.erosion(gray(), { footprint: wrong(detached()) }), "ERR_IMAGE_BUFFER", /detached/],
  ["removeSmallObjects of colour", () => morphology.removeSmallObjects(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.removeSmallObjects: image has shape/],
  ["removeSmallObjects of floats", () => morphology.removeSmallObjects(floats(1)), "ERR_IMAGE_DTYPE", /image is float32; expected a uint8 mask, or labels of uint16 or int32$/],
  ["removeSmallObjects of labels below 0", () => morphology.removeSmallObjects(new Image(Int32Array.of(1, -2), { width: 2, height: 1 })), "ERR_IMAGE_VALUE", /^morphology\.removeSmallObjects: image holds -2; expected labels of at least 0$/],
  ["removeSmallObjects, both sizes", () => morphology.removeSmallObjects(gray(), { maxSize: 3, minSize: 4 }), "ERR_IMAGE_OPTION", /options maxSize and minSize say the same/],
  ["removeSmallObjects maxSize < 0", () => morphology.removeSmallObjects(gray(), { maxSize: -1 }), "ERR_IMAGE_OPTION", /maxSize is -1; expected a whole number of at least 0$/],
  ["removeSmallObjects connectivity 8", () => morphology.removeSmallObjects(gray(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected one of 1, 2$/],
  ["removeSmallHoles of floats", () => morphology.removeSmallHoles(floats(1)), "ERR_IMAGE_DTYPE", /^morphology\.removeSmallHoles: image is float32/],
  ["removeSmallHoles areaThreshold 1.5", () => morphology.removeSmallHoles(gray(), { areaThreshold: 1.5 }), "ERR_IMAGE_OPTION", /areaThreshold is 1\.5/],
  ["removeSmallHoles minSize", () => morphology.removeSmallHoles(gray(), wrong({ minSize: 1 })), "ERR_IMAGE_OPTION", /no option "minSize"; accepted: maxSize, areaThreshold/],
  ["removeSmallHoles detached", () => morphology.removeSmallHoles(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["convexHullImage of colour", () => morphology.convexHullImage(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.convexHullImage: image has shape/],
  ["convexHullImage offsetCoordinates 1", () => morphology.convexHullImage(gray(), { offsetCoordinates: wrong(1) }), "ERR_IMAGE_OPTION", /offsetCoordinates is 1; expected true or false$/],
  ["convexHullImage with a tolerance", () => morphology.convexHullImage(gray(), wrong({ tolerance: 0 })), "ERR_IMAGE_OPTION", /no option "tolerance"/],
  ["convexHullImage detached", () => morphology.convexHullImage(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["disk of half a pixel", () => morphology.disk(0.5), "ERR_IMAGE_OPTION", /^morphology\.disk: radius is 0\.5; expected a whole number from 0 to 4095$/],
  ["disk without a radius", () => morphology.disk(wrong(undefined)), "ERR_IMAGE_OPTION", /radius is undefined/],
  ["disk strictRadius 1", () => morphology.disk(1, { strictRadius: wrong(1) }), "ERR_IMAGE_OPTION", /^morphology\.disk: option strictRadius is 1/],
  ["diamond too large", () => morphology.diamond(4096), "ERR_IMAGE_OPTION", /^morphology\.diamond: radius is 4096/],
  ["footprintRectangle of no rows", () => morphology.footprintRectangle([0, 3]), "ERR_IMAGE_OPTION", /^morphology\.footprintRectangle: shape is \[0, 3\]; expected a whole number from 1 to 8191, or two of them/],
  ["footprintRectangle of three sides", () => morphology.footprintRectangle(wrong([1, 2, 3])), "ERR_IMAGE_OPTION", /shape is \[1, 2, 3\]/],
  ["moments of colour", () => measure.moments(rgb()), "ERR_IMAGE_SHAPE", /^measure\.moments: image has shape/],
  ["moments order 17", () => measure.moments(gray(), { order: 17 }), "ERR_IMAGE_OPTION", /order is 17; expected a whole number from 0 to 16$/],
  ["moments about text", () => measure.momentsCentral(gray(), { center: wrong("1,2") }), "ERR_IMAGE_OPTION", /center is "1,2"; expected \[row, column\] or null$/],
  ["moments about NaN", () => measure.momentsCentral(gray(), { center: [0, Number.NaN] }), "ERR_IMAGE_OPTION", /center is \[0, NaN\]/],
  ["momentsHu of an order", () => measure.momentsHu(gray(), wrong({ order: 3 })), "ERR_IMAGE_OPTION", /no option "order"/],
  ["momentsHu detached", () => measure.momentsHu(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["regionprops of floats", () => measure.regionprops(floats(1, 2)), "ERR_IMAGE_DTYPE", /^measure\.regionprops: labels is float32; expected uint8, uint16 or int32$/],
  ["regionprops of colour", () => measure.regionprops(rgb()), "ERR_IMAGE_SHAPE", /labels has shape 3 × 4 × 3; expected one channel/],
  ["regionprops other size", () => measure.regionprops(labels(), floats(1)), "ERR_IMAGE_SHAPE", /intensity has shape 1 × 1; expected the size of labels, 3 × 4$/],
  ["regionprops colour intensities", () => measure.regionprops(labels(), rgb()), "ERR_IMAGE_SHAPE", /intensity has 3 channels; expected one$/],
  ["regionprops options second", () => measure.regionprops(labels(), wrong({ cache: true })), "ERR_IMAGE_DTYPE", /expected an Image or null; options come third$/],
  ["regionprops without intensities", () => measure.regionprops(gray())[0]?.intensityMean, "ERR_IMAGE_OPTION", /intensities need an intensity image; none was given$/],
  ["regionpropsTable Python's name", () => measure.regionpropsTable(labels(), null, { properties: wrong(["area_bbox"]) }), "ERR_IMAGE_OPTION", /properties has "area_bbox"; expected names such as/],
  ["regionpropsTable of an image", () => measure.regionpropsTable(labels(), null, { properties: wrong(["image"]) }), "ERR_IMAGE_OPTION", /properties has "image"/],
  ["regionpropsTable one property", () => measure.regionpropsTable(labels(), null, { properties: wrong("area") }), "ERR_IMAGE_OPTION", /properties is "area"; expected an array of names of properties$/],
  ["regionpropsTable without intensities", () => measure.regionpropsTable(labels(), null, { properties: ["intensityMax"] }), "ERR_IMAGE_OPTION", /"intensityMax", which needs an intensity image; none was given$/],
  ["regionpropsTable separator 1", () => measure.regionpropsTable(labels(), null, { separator: wrong(1) }), "ERR_IMAGE_OPTION", /separator is 1; expected text$/],
  ["regionpropsTable detached", () => measure.regionpropsTable(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["clearBorder of colour", () => segmentation.clearBorder(rgb()), "ERR_IMAGE_SHAPE", /labels has shape/],
  ["clearBorder all border", () => segmentation.clearBorder(labels(), { bufferSize: 3 }), "ERR_IMAGE_OPTION", /bufferSize is 3; expected less than the smaller side of labels, 3$/],
  ["clearBorder bgval of another dtype", () => segmentation.clearBorder(gray(), { bgval: -1 }), "ERR_IMAGE_OPTION", /bgval is -1; expected a value of uint8$/],
  ["clearBorder mask an array", () => segmentation.clearBorder(labels(), { mask: wrong([1]) }), "ERR_IMAGE_OPTION", /mask is \[1\]; expected an Image or null$/],
  ["clearBorder mask of another size", () => segmentation.clearBorder(labels(), { mask: floats(1) }), "ERR_IMAGE_SHAPE", /mask has shape 1 × 1; expected the size of labels, 3 × 4$/],
  ["clearBorder detached", () => segmentation.clearBorder(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["clearBorder detached mask", () => segmentation.clearBorder(labels(), { mask: detached() }), "ERR_IMAGE_BUFFER", /detached/],
  ["expandLabels of floats", () => segmentation.expandLabels(floats(1)), "ERR_IMAGE_DTYPE", /labels is float32/],
  ["expandLabels distance -1", () => segmentation.expandLabels(labels(), { distance: -1 }), "ERR_IMAGE_OPTION", /distance is -1; expected a finite number of at least 0$/],
  ["expandLabels spacing 0", () => segmentation.expandLabels(labels(), { spacing: [1, 0] }), "ERR_IMAGE_OPTION", /spacing is \[1, 0\]; expected a finite number above 0, or two/],
  ["expandLabels detached", () => segmentation.expandLabels(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["findBoundaries subpixel", () => segmentation.findBoundaries(labels(), { mode: wrong("subpixel") }), "ERR_IMAGE_OPTION", /mode is "subpixel"; expected one of "thick", "inner", "outer"$/],
  ["findBoundaries of floats", () => segmentation.findBoundaries(floats(1)), "ERR_IMAGE_DTYPE", /labels is float32/],
  ["findBoundaries detached", () => segmentation.findBoundaries(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["markBoundaries over RGBA", () => segmentation.markBoundaries(rgba(), labels()), "ERR_IMAGE_SHAPE", /shape 3 × 4 × 4; expected 1 or 3 channels$/],
  ["markBoundaries other size", () => segmentation.markBoundaries(floats(1), labels()), "ERR_IMAGE_SHAPE", /labels has shape 3 × 4; expected the size of image, 1 × 1$/],
  ["markBoundaries colour name", () => segmentation.markBoundaries(gray(), labels(), { color: wrong("red") }), "ERR_IMAGE_OPTION", /color is "red"; expected three finite numbers$/],
  ["markBoundaries detached", () => segmentation.markBoundaries(gray(), detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["relabelSequential offset 0", () => segmentation.relabelSequential(labels(), { offset: 0 }), "ERR_IMAGE_OPTION", /offset is 0; expected a whole number from 1 to 2147483636$/],
  ["relabelSequential below 0", () => segmentation.relabelSequential(new Image(Int32Array.of(3, -2), { width: 2, height: 1 })), "ERR_IMAGE_VALUE", /^segmentation\.relabelSequential: labels hold -2; expected none below 0$/],
  ["relabelSequential detached", () => segmentation.relabelSequential(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["watershed of colour", () => segmentation.watershed(rgb()), "ERR_IMAGE_SHAPE", /^segmentation\.watershed: image has shape/],
  ["watershed from floats", () => segmentation.watershed(gray(), floats(1)), "ERR_IMAGE_DTYPE", /markers is float32/],
  ["watershed other size", () => segmentation.watershed(floats(1, 2), labels()), "ERR_IMAGE_SHAPE", /markers has shape 3 × 4; expected the size of image, 1 × 2$/],
  ["watershed from a number", () => segmentation.watershed(gray(), wrong(5)), "ERR_IMAGE_DTYPE", /is 5; expected an Image or null/],
  ["watershed compactness -1", () => segmentation.watershed(gray(), labels(), { compactness: -1 }), "ERR_IMAGE_OPTION", /compactness is -1/],
  ["watershed connectivity 8", () => segmentation.watershed(gray(), labels(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected one of 1, 2$/],
  ["watershed detached", () => segmentation.watershed(gray(), detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["warp without a map", () => transform.warp(gray(), wrong(undefined)), "ERR_IMAGE_OPTION", /^transform\.warp: inverseMap is undefined; expected a transform or a 3 × 3 matrix$/],
  ["warp by a function", () => transform.warp(gray(), wrong(() => [0, 0])), "ERR_IMAGE_OPTION", /inverseMap is a function; expected a transform/],
  ["warp by a short matrix", () => transform.warp(gray(), wrong([[1, 0, 0]])), "ERR_IMAGE_OPTION", /inverseMap is \[an array of 3\]; expected three rows of three finite numbers$/],
  ["warp by NaN", () => transform.warp(gray(), [[1, 0, 0], [0, Number.NaN, 0], [0, 0, 1]]), "ERR_IMAGE_OPTION", /inverseMap is \[.*finite numbers$/],
  ["warp order 2", () => transform.warp(gray(), IDENTITY, { order: wrong(2) }), "ERR_IMAGE_OPTION", /order is 2; expected one of 0, 1, 3$/],
  ["warp SciPy's mode", () => transform.warp(gray(), IDENTITY, { mode: wrong("mirror") }), "ERR_IMAGE_OPTION", /mode is "mirror"; expected one of "constant", "edge", "symmetric", "reflect", "wrap"$/],
  ["warp outputShape with channels", () => transform.warp(rgb(), IDENTITY, { outputShape: wrong([3, 4, 3]) }), "ERR_IMAGE_OPTION", /outputShape is \[3, 4, 3\]; expected \[rows, columns\], whole numbers of at least 1$/],
  ["warp to nothing", () => transform.warp(gray(), IDENTITY, { outputShape: [0, 4] }), "ERR_IMAGE_OPTION", /outputShape is \[0, 4\]/],
  ["warp to too much", () => transform.warp(gray(), IDENTITY, { outputShape: [65_536, 32_768] }), "ERR_IMAGE_LIMIT", /outputShape makes an image of 65536 × 32768 × 1 samples; at most 2147483647/],
  ["warp cval that bytes do not hold", () => transform.warp(gray(), IDENTITY, { order: 0, cval: 0.5 }), "ERR_IMAGE_OPTION", /cval is 0\.5; expected a number that uint8 holds$/],
  ["warp cval beyond 32 bits", () => transform.warp(gray(), IDENTITY, { cval: 1e39 }), "ERR_IMAGE_OPTION", /cval is 1e\+39; expected a number that float32 holds$/],
  ["warp detached", () => transform.warp(detached(), IDENTITY), "ERR_IMAGE_BUFFER", /detached/],
  ["rotate by nothing", () => transform.rotate(gray(), wrong(undefined)), "ERR_IMAGE_OPTION", /^transform\.rotate: angle is undefined; expected a finite number of degrees$/],
  ["rotate by infinity", () => transform.rotate(gray(), Infinity), "ERR_IMAGE_OPTION", /angle is Infinity/],
  ["rotate about a number", () => transform.rotate(gray(), 3, { center: wrong(2) }), "ERR_IMAGE_OPTION", /center is 2; expected \[column, row\], finite numbers$/],
  ["rotate resize 1", () => transform.rotate(gray(), 3, { resize: wrong(1) }), "ERR_IMAGE_OPTION", /resize is 1; expected true or false$/],
  ["rotate detached", () => transform.rotate(detached(), 3), "ERR_IMAGE_BUFFER", /detached/],
  ["resize to a number", () => transform.resize(gray(), wrong(3)), "ERR_IMAGE_OPTION", /^transform\.resize: outputShape is 3; expected \[rows, columns\], whole numbers of at least 1$/],
  ["resize to half a pixel", () => transform.resize(gray(), [1, 0.5]), "ERR_IMAGE_OPTION", /outputShape is \[1, 0\.5\]/],
  ["resize to too much", () => transform.resize(gray(), [2 ** 20, 2 ** 20]), "ERR_IMAGE_LIMIT", /at most 2147483647/],
  ["resize order 3", () => transform.resize(gray(), [2, 2], { order: wrong(3) }), "ERR_IMAGE_OPTION", /order is 3; expected one of 0, 1$/],
  ["resize bytes, blurred, nearest", () => transform.resize(gray(), [2, 2], { order: 0, antiAliasing: true }), "ERR_IMAGE_OPTION", /antiAliasing is true; expected false with order 0 on uint8, or order 1$/],
  ["resize sigma < 0", () => transform.resize(gray(), [2, 2], { antiAliasingSigma: [1, -1] }), "ERR_IMAGE_OPTION", /antiAliasingSigma is \[1, -1\]; expected a finite number of at least 0/],
  ["resize sigma huge", () => transform.resize(gray(), [2, 2], { antiAliasingSigma: 1e9 }), "ERR_IMAGE_LIMIT", /^transform\.resize: .*radius 4000000000; at most 65535/],
  ["resize detached", () => transform.resize(detached(), [2, 2]), "ERR_IMAGE_BUFFER", /detached/],
  ["rescale of colour", () => transform.rescale(rgb(), 2), "ERR_IMAGE_SHAPE", /^transform\.rescale: image has shape 3 × 4 × 3; pass channelAxis: 2 to keep their number$/],
  ["rescale by 0", () => transform.rescale(gray(), 0), "ERR_IMAGE_OPTION", /scale is 0; expected a finite number above 0, or two of them: \[row, column\]$/],
  ["rescale by three", () => transform.rescale(gray(), wrong([1, 2, 3])), "ERR_IMAGE_OPTION", /scale is \[1, 2, 3\]/],
  ["rescale detached", () => transform.rescale(detached(), 2), "ERR_IMAGE_BUFFER", /detached/],
  ["downscaleLocalMean by half", () => transform.downscaleLocalMean(gray(), 0.5), "ERR_IMAGE_OPTION", /^transform\.downscaleLocalMean: factors is 0\.5; expected a whole number from 1 to 65535, or two of them: \[rows, columns\]$/],
  ["downscaleLocalMean by three", () => transform.downscaleLocalMean(rgb(), wrong([2, 2, 1])), "ERR_IMAGE_OPTION", /factors is \[2, 2, 1\]/],
  ["downscaleLocalMean cval", () => transform.downscaleLocalMean(gray(), 2, { cval: -1 }), "ERR_IMAGE_OPTION", /cval is -1; expected a number that uint8 holds$/],
  ["downscaleLocalMean detached", () => transform.downscaleLocalMean(detached(), 2), "ERR_IMAGE_BUFFER", /detached/],
  ["pyramidReduce by 1", () => transform.pyramidReduce(gray(), { downscale: 1 }), "ERR_IMAGE_OPTION", /^transform\.pyramidReduce: option downscale is 1; expected a finite number above 1$/],
  ["pyramidReduce upscale", () => transform.pyramidReduce(gray(), wrong({ upscale: 2 })), "ERR_IMAGE_OPTION", /no option "upscale"; accepted: downscale, sigma/],
  ["pyramidReduce of colour", () => transform.pyramidReduce(rgb()), "ERR_IMAGE_SHAPE", /pass channelAxis: 2/],
  ["pyramidReduce detached", () => transform.pyramidReduce(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["pyramidExpand NumPy's mode", () => transform.pyramidExpand(gray(), { mode: wrong("edge") }), "ERR_IMAGE_OPTION", /mode is "edge"; expected one of "reflect", "constant", "wrap"$/],
  ["pyramidExpand sigma text", () => transform.pyramidExpand(gray(), { sigma: wrong("1") }), "ERR_IMAGE_OPTION", /sigma is "1"; expected a finite number of at least 0$/],
  ["pyramidExpand to too much", () => transform.pyramidExpand(gray(), { upscale: 1e6 }), "ERR_IMAGE_LIMIT", /at most 2147483647/],
  ["pyramidExpand detached", () => transform.pyramidExpand(detached()), "ERR_IMAGE_BUFFER", /detached/],

  ["label2rgb of floats", () => color.label2rgb(floats(1, 2)), "ERR_IMAGE_DTYPE", /^color\.label2rgb: label is float32; expected uint8, uint16 or int32$/],
  ["label2rgb of colour", () => color.label2rgb(rgb()), "ERR_IMAGE_SHAPE", /label has shape 3 × 4 × 3; expected one channel/],
  ["label2rgb other size", () => color.label2rgb(labels(), floats(1, 2)), "ERR_IMAGE_SHAPE", /image has shape 1 × 2; expected the label's, 3 × 4, with 1 or 3 channels$/],
  ["label2rgb over RGBA", () => color.label2rgb(labels(), rgba()), "ERR_IMAGE_SHAPE", /shape 3 × 4 × 4/],
  ["label2rgb alpha 2", () => color.label2rgb(labels(), null, { alpha: 2 }), "ERR_IMAGE_OPTION", /alpha is 2; expected a finite number from 0 to 1$/],
  ["label2rgb saturation NaN", () => color.label2rgb(labels(), gray(), { saturation: Number.NaN }), "ERR_IMAGE_OPTION", /saturation is NaN/],
  ["label2rgb kind", () => color.label2rgb(labels(), gray(), { kind: wrong("mean") }), "ERR_IMAGE_OPTION", /kind is "mean"; expected one of "overlay", "avg"$/],
  ["label2rgb no colours", () => color.label2rgb(labels(), null, { colors: [] }), "ERR_IMAGE_OPTION", /colors is \[\]; expected an array of at least one colour$/],
  ["label2rgb colour name", () => color.label2rgb(labels(), null, { colors: ["red", "rde"] }), "ERR_IMAGE_OPTION", /colors\[1\] is "rde"; expected a CSS colour name or \[red, green, blue\]$/],
  ["label2rgb colour __proto__", () => color.label2rgb(labels(), null, { colors: ["__proto__"] }), "ERR_IMAGE_OPTION", /colors\[0\]/],
  ["label2rgb short colour", () => color.label2rgb(labels(), null, { colors: [[1, 2]] }), "ERR_IMAGE_OPTION", /colors\[0\] is \[1, 2\]/],
  ["label2rgb colour of NaN", () => color.label2rgb(labels(), null, { bgColor: [0, Number.NaN, 0] }), "ERR_IMAGE_OPTION", /bgColor is \[0, NaN, 0\]/],
  ["label2rgb bgLabel 1.5", () => color.label2rgb(labels(), null, { bgLabel: 1.5 }), "ERR_IMAGE_OPTION", /bgLabel is 1\.5/],
  ["label2rgb options second", () => color.label2rgb(labels(), wrong({ colors: ["red"] })), "ERR_IMAGE_DTYPE", /^color\.label2rgb: image is a plain object; expected an Image or null; options come third$/],
  ["label2rgb text second", () => color.label2rgb(labels(), wrong("x")), "ERR_IMAGE_DTYPE", /image is "x"; expected an Image or null/],
  ["label2rgb false second", () => color.label2rgb(labels(), wrong(false)), "ERR_IMAGE_DTYPE", /image is false; expected an Image or null/],
  ["label2rgb no text second", () => color.label2rgb(labels(), wrong("")), "ERR_IMAGE_DTYPE", /image is ""; expected an Image or null/],
  ["label2rgb hollow image", () => color.label2rgb(labels(), hollow()), "ERR_IMAGE_DTYPE", /image is an object of a class; expected an Image or null/],
  ["label2rgb hollow label", () => color.label2rgb(hollow()), "ERR_IMAGE_DTYPE", /^image data is undefined; expected a Uint8Array/],
  ["sobel of a hollow image", () => filters.sobel(hollow()), "ERR_IMAGE_DTYPE", /^image data is undefined/],
  ["label2rgb avg alone", () => color.label2rgb(labels(), null, { kind: "avg" }), "ERR_IMAGE_OPTION", /kind "avg" needs an image/],
  ["label2rgb avg, bare background", () => color.label2rgb(labels(), gray(), { kind: "avg", bgColor: null }), "ERR_IMAGE_OPTION", /bgColor is null; expected three numbers from 0 to 255/],
  ["label2rgb avg, named background", () => color.label2rgb(labels(), gray(), { kind: "avg", bgColor: "red" }), "ERR_IMAGE_OPTION", /image's units \(uint8\)$/],
  ["label2rgb avg, background out of range", () => color.label2rgb(labels(), gray(), { kind: "avg", bgColor: [0, 256, 0] }), "ERR_IMAGE_OPTION", /bgColor is \[0, 256, 0\]/],
  ["label2rgb detached label", () => color.label2rgb(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["label2rgb detached image", () => color.label2rgb(labels(), detached()), "ERR_IMAGE_BUFFER", /detached/],
];

for (const [title, call, code, message] of refused) {
  test(`refused: ${title}`, (t) => {
    const error = t.throws(call, { instanceOf: ImageError });
    t.is(error?.code, code);
    t.regex(error?.message ?? "", message);
  });
}

test("no nonsense among the options crashes an operation", (t) => {
  // oxfmt-ignore
  const nonsense: unknown[] = [
    undefined, null, Number.NaN, -1, 1.5, -0, Infinity, 2 ** 53, "", "x".repeat(1000), true, 10n, Symbol("s"), () => {},
    [], [[]], sparse(3), [null, null, null], ["red"], [1, 2], [1, 2, 3], {}, { length: 2 }, new Date(), new Float64Array(2),
    Object.create(null), gray(),
  ];
  const names =
    "sigma mode cval preserveRange truncate channelAxis axis nbins background connectivity kind colors alpha bgLabel bgColor imageAlpha saturation signedFloat gamma gain inv cutoff inRange outRange illuminant observer rng clip mean var amount saltVsPepper footprint highSigma radius maxSize minSize areaThreshold order center properties separator bufferSize bgval mask distance spacing color outlineColor backgroundLabel offset compactness watershedLine outputShape resize antiAliasing antiAliasingSigma downscale upscale tolerance initialGuess classes maxNumIter";
  const first: Readonly<Record<string, readonly unknown[]>> = {
    "color.rgb2gray": [rgb()],
    "color.hsv2rgb": [rgb()],
    "color.lab2rgb": [rgb()],
    "color.label2rgb": [labels(), rgb()],
    "color.rgb2hsv": [rgb()],
    "color.rgb2lab": [rgb()],
    "color.rgb2xyz": [rgb()],
    "color.rgba2rgb": [rgba()],
    "color.xyz2rgb": [rgb()],
    "filters.differenceOfGaussians": [gray(), 1],
    "measure.regionprops": [labels(), gray()],
    "measure.regionpropsTable": [labels(), gray()],
    "segmentation.markBoundaries": [gray(), labels()],
    "segmentation.watershed": [gray(), labels()],
    "transform.downscaleLocalMean": [gray(), 2],
    "transform.rescale": [gray(), 2],
    "transform.resize": [gray(), [2, 2]],
    "transform.rotate": [gray(), 3],
    "transform.warp": [gray(), IDENTITY],
    "util.greater": [gray(), 3],
  };
  for (const [operation, run] of Object.entries(OPERATIONS)) {
    const inputs = first[operation] ?? [gray()];
    const named = nonsense.flatMap((value) => names.split(" ").map((name) => ({ [name]: value })));
    for (const options of [...nonsense, ...named]) {
      try {
        run(...inputs, options);
      } catch (error) {
        if (!(error instanceof ImageError) || error.message.length > 400) t.fail(`${operation}: ${String(error)}`);
      }
    }
  }
  t.pass();
});

test("the options of a backend pass the reference by", (t) => {
  const image = gray();
  t.deepEqual(
    filters.sobel(image, wrong({ axis: undefined, backend: "default", wgpu: { workgroup: 8 } })),
    filters.sobel(image, { backend: "default" }),
  );
});

for (const backend of ["default", "native"]) {
  test(`${backend}: a mistaken second argument of label2rgb`, (t) => {
    for (const value of [{ colors: ["red"] }, "x", "", false, 0, hollow(), gray]) {
      const call = (): unknown => color.label2rgb(labels(), wrong(value), { backend });
      t.throws(call, { instanceOf: ImageError, code: "ERR_IMAGE_DTYPE", message: /options come third$/ });
    }
    t.notThrows(() => color.label2rgb(labels(), undefined, { backend }));
  });

  test(`${backend}: sobel's largest constant stays a number`, (t) => {
    const images: [Image, number][] = [
      [new Image(new Uint8Array(4), { width: 2, height: 2 }), 3.9e15],
      [new Image(new Int32Array(4), { width: 2, height: 2 }), 4.6e8],
      [floats(0), 1e18],
      [new Image(new Float64Array(1), { width: 1, height: 1 }), 1e30],
    ];
    for (const [image, cval] of images) {
      for (const axis of [0, 1, null] as const) {
        const { data } = filters.sobel(image, { mode: "constant", cval, axis, backend });
        t.true(data.every(Number.isFinite), `${image.dtype}, axis ${axis}: ${data.join()}`);
      }
    }
  });
}
