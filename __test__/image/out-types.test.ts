// The option `out` is typed as what a call gives.
import test from "ava";
import { feature, filters, Image, morphology, util } from "../../src/image/index.ts";
import { zeros } from "../../src/image/image.ts";
import { floats, gray } from "./refused/inputs.ts";

test("out is typed as the result", async (t) => {
  const image = gray();
  const mask = zeros("uint8", image);
  const result: Image<Uint8Array> = util.greater(image, 1, { out: mask });
  t.is(result, mask);
  t.is(await util.greater.async(image, 1, { out: mask }), mask);
  // @ts-expect-error -- a mask is of bytes
  t.throws(() => util.greater(image, 1, { out: zeros("int32", image) }), { code: "ERR_IMAGE_DTYPE" });
  // @ts-expect-error -- a number is not written into an image
  t.throws(() => filters.thresholdOtsu(image, { out: mask }), { code: "ERR_IMAGE_OPTION" });
});

test("so are lists and objects of several", async (t) => {
  const image = floats(1, 2, 3);
  const { width, height } = image;
  const some = (): Image<Float32Array> => zeros("float32", image);
  const elements: feature.MatrixElements = feature.structureTensor(image, { out: [some(), some(), some()] });
  const out = [some(), some()] as const;
  const eigenvalues: feature.Eigenvalues = await feature.hessianMatrixEigvals.async(elements, { out });
  t.is(eigenvalues as unknown, out);
  const response = filters.gabor(image, 0.3, { out: { real: some(), imag: some() } });
  t.true(response.imag instanceof Image);
  const indices = zeros("int32", { width, height, channels: 2 });
  const edt = morphology.distanceTransformEdt;
  const both: morphology.DistancesAndIndices = edt(image, { returnIndices: true, out: { distances: some(), indices } });
  t.is(both.indices, indices);
  const places: Image<Int32Array> = edt(image, { returnDistances: false, returnIndices: true, out: indices });
  t.is(places, indices);
  const code = "ERR_IMAGE_OPTION";
  // @ts-expect-error -- three images
  t.throws(() => feature.structureTensor(image, { out: [some(), some()] }), { code });
  // @ts-expect-error -- an object
  t.throws(() => filters.gabor(image, 0.3, { out: [some(), some()] }), { code });
  // @ts-expect-error -- with indices
  t.throws(() => edt(image, { returnIndices: true, out: some() }), { code });
  // @ts-expect-error -- distances alone
  t.throws(() => edt(image, { out: { distances: some(), indices } }), { code });
  // @ts-expect-error -- indices are of int32
  t.throws(() => edt(image, { returnDistances: false, returnIndices: true, out: some() }), { code: "ERR_IMAGE_SHAPE" });
});
