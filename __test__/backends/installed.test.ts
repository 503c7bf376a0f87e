// What the backend packages do once they are installed: nothing, until the user puts one first.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { functions } from "../../src/image/suite/index.ts";
import { packageFolder } from "./backend-package.ts";
import { commandInstalled, removeApplications, runInstalled } from "./installed.ts";

test.after.always(removeApplications);

/** Runs a program in an application with both packages and an image; gives the lines that it printed. */
function lines(body: string): string[] {
  const { code, stdout, stderr } = runInstalled(
    ["tagswitch-opencv", "tagswitch-sharp"],
    `
      import { explain, trace } from "tagswitch";
      import { backend, color, filters, GpuImage, Image, measure, util } from "tagswitch/image";
      const image = new Image(Uint8Array.from({ length: 40 * 30 }, (_, i) => (i * 37) % 256), { width: 40, height: 30 });
      const most = (a, b) => Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i])));
      const who = ({ calls }) => calls.map((call) => call.function + ": " + call.backend).join();
      const why = (traced, name) =>
        who(traced) + "; " + name + ": " + traced.calls[0].considered.find(({ backend }) => backend === name)?.reason;
      ${body}
    `,
  );
  if (code !== 0 || stderr !== "") throw new Error(`exit code ${code}: ${stderr}${stdout}`);
  return stdout.trimEnd().split("\n");
}

test("installed, they change nothing: others run, nothing of theirs is loaded", (t) => {
  t.deepEqual(
    lines(`
      console.log(who(trace(() => filters.gaussian(image))));
      console.log(who(await trace(() => filters.gaussian.async(image))));
      console.log("loaded:" + loaded());
    `),
    ["filters.gaussian: native", "filters.gaussian: native", "loaded:"],
  );
});

test("put first, they run, and their libraries are loaded only once they agreed", (t) => {
  t.deepEqual(
    lines(`
      const reference = filters.gaussian(image, { sigma: 2, backend: "default" });
      for (const [name, mode] of [["sharp", "mirror"], ["opencv", "none"]]) {
        const refused = backend(name, () => trace(() => util.greater(image, NaN)));
        console.log(who(refused), name, loaded());
        const blurred = await backend(name, () => trace(() => filters.gaussian.async(image, { sigma: 2 })));
        console.log(who(blurred), blurred.result.dtype, most(blurred.result, reference) < 1e-6, loaded());
      }
    `),
    [
      "util.greater: native sharp ",
      "filters.gaussian: sharp float32 true libvips",
      "util.greater: native opencv libvips",
      "filters.gaussian: opencv float32 true libvips,OpenCV",
    ],
  );
});

test("they know nothing of out, and what they give goes there all the same", (t) => {
  t.deepEqual(
    lines(`
      const out = new Image(new Float32Array(40 * 30).fill(NaN), image);
      for (const name of ["sharp", "opencv"]) {
        const expected = await filters.gaussian.async(image, { sigma: 2, backend: name });
        const blurred = await backend(name, () => trace(() => filters.gaussian.async(image, { sigma: 2, out })));
        console.log(who(blurred), blurred.result === out, most(out, expected));
      }
    `),
    ["filters.gaussian: sharp true 0", "filters.gaussian: opencv true 0"],
  );
});

test("a call that must not wait is refused by sharp, and by OpenCV until it has started", (t) => {
  t.deepEqual(
    lines(`
      const sharp = backend("sharp", () => trace(() => filters.gaussian(image)));
      console.log(why(sharp, "sharp"));
      const early = backend("opencv", () => trace(() => filters.gaussian(image)));
      console.log(why(early, "opencv"));
      await filters.gaussian.async(image, { backend: "opencv" });
      console.log(who(backend("opencv", () => trace(() => filters.gaussian(image)))));
    `),
    [
      "filters.gaussian: native; sharp: asynchronous only; call filters.gaussian.async(…)",
      'filters.gaussian: native; opencv: starts asynchronously; call the function\'s .async form, or await system.ready("opencv") once',
      "filters.gaussian: opencv",
    ],
  );
});

test("what they do not do to the definition is refused with the reason, in traces and errors", (t) => {
  t.deepEqual(
    lines(`
      const mirrored = await backend("sharp", () => trace(() => filters.gaussian.async(image, { mode: "mirror" })));
      console.log(why(mirrored, "sharp"));
      const floats = new Image(Float32Array.from(image.data), image);
      await filters.thresholdOtsu.async(floats, { backend: "opencv" }).catch((error) => console.log(error.message));
      const regions = await backend("opencv", () => trace(() => measure.label.async(image)));
      console.log(why(regions, "opencv"));
    `),
    [
      "filters.gaussian: native; sharp: mode mirror: libvips mirrors at the edge of the outermost pixels, not at their centres",
      'backend "opencv" was chosen for filters.thresholdOtsu(tagswitch/image:Image) and cannot run it: float32: samples on the edges of bins fall into others than in NumPy\'s histogram',
      "measure.label: native; opencv: several values beside the background: OpenCV would join their regions",
    ],
  );
});

test("sharp's pipelines come back as pipelines, through a chain and by other backends too", (t) => {
  t.deepEqual(
    lines(`
      import sharp from "sharp";
      import { toImage } from "tagswitch-sharp";
      const photo = sharp({ create: { width: 40, height: 30, channels: 3, background: { r: 200, g: 100, b: 50 } } }).png();
      const gray = await backend("sharp", () => trace(() => color.rgb2gray.async(photo)));
      console.log(who(gray), gray.calls[0].types.join(), gray.calls[0].conversions.length, gray.result instanceof sharp);
      const seen = await toImage(gray.result);
      console.log(seen.dtype, seen.shape, (seen.data[0] / 65535).toFixed(4), ((200 * 0.2125 + 100 * 0.7154 + 50 * 0.0721) / 255).toFixed(4));
      const blurred = await backend("sharp", () => filters.gaussian.async(gray.result));
      console.log((await blurred.metadata()).depth, (await blurred.png().toBuffer()).length > 0);
      const native = await backend("native", () => trace(() => filters.gaussian.async(gray.result)));
      console.log(who(native), native.calls[0].conversions.map(({ from, to }) => from + " → " + to).join("; "));
      console.log(most(await toImage(native.result), await toImage(blurred)) <= 1);
      await backend("sharp", () => filters.sobel.async(image, { axis: 0 })).then(({ dtype }) => console.log(dtype));
      await color.rgb2gray.async(gray.result, { backend: "sharp" }).catch((error) => console.log(error.code, error.message));
    `),
    [
      "color.rgb2gray: sharp sharp:Sharp 0 true",
      "uint16 [ 30, 40 ] 0.4614 0.4614",
      "ushort true",
      "filters.gaussian: native sharp:Sharp → tagswitch/image:Image; tagswitch/image:Image → sharp:Sharp",
      "true",
      "float32",
      "ERR_IMAGE_OPTION sharp: 1 channels: rgb2gray is for 3",
    ],
  );
});

test("pipelines of a sharp that was required are known without a word", (t) => {
  t.deepEqual(
    lines(`
      import { createRequire } from "node:module";
      const sharp = createRequire(import.meta.url)("sharp");
      const photo = sharp({ create: { width: 40, height: 30, channels: 3, background: "white" } }).png();
      const gray = await backend("sharp", () => trace(() => color.rgb2gray.async(photo)));
      console.log(who(gray), gray.calls[0].types.join(), (await gray.result.metadata()).channels);
    `),
    ["color.rgb2gray: sharp sharp:Sharp 1"],
  );
});

test("OpenCV's matrices come back as matrices, by other backends too, and nothing of its memory is lost", (t) => {
  t.deepEqual(
    lines(`
      import { system } from "tagswitch/image";
      import { fromImage, opencv, toImage } from "tagswitch-opencv";
      await system.ready("opencv");
      const cv = opencv();
      const mat = fromImage(image);
      const edges = backend("opencv", () => trace(() => filters.sobel(mat)));
      console.log(who(edges), edges.calls[0].types.join(), edges.calls[0].conversions.length, edges.result instanceof cv.Mat);
      console.log(most(toImage(edges.result), filters.sobel(image, { backend: "default" })) < 1e-6);
      const native = backend("native", () => trace(() => filters.sobel(mat)));
      console.log(who(native), native.calls[0].conversions.map(({ from, to }) => from + " → " + to).join("; "));
      console.log(most(toImage(native.result), toImage(edges.result)) < 1e-6);
      const part = mat.roi(new cv.Rect(5, 4, 20, 10));
      console.log(toImage(part).shape, toImage(part).data[0] === image.data[4 * 40 + 5]);
      for (const one of [mat, part, edges.result, native.result]) one.delete();

      const large = new Image(new Float32Array(512 * 512), { width: 512, height: 512 });
      const work = () => {
        for (const mode of ["wrap", "reflect"]) filters.gaussian(large, { mode, backend: "opencv" });
        filters.sobel(large, { backend: "opencv" });
        measure.label(large, { backend: "opencv" });
        color.label2rgb(new Image(new Int32Array(512 * 512), large), null, { backend: "opencv" });
        util.greater(large, 0, { backend: "opencv" });
      };
      work();
      const memory = () => {
        const one = fromImage(image);
        const { byteLength } = one.data.buffer;
        one.delete();
        return byteLength;
      };
      const before = memory();
      for (let i = 0; i < 60; i++) work();
      console.log(memory() - before);
    `),
    [
      "filters.sobel: opencv opencv:Mat 0 true",
      "true",
      "filters.sobel: native opencv:Mat → tagswitch/image:Image; tagswitch/image:Image → opencv:Mat",
      "true",
      "[ 10, 20 ] true",
      "0",
    ],
  );
});

test("the library's own suite passes through them", (t) => {
  for (const [name, verdict] of [
    ["tagswitch-opencv", '"opencv": 7 passed, 0 failed'],
    ["tagswitch-sharp", `"sharp": 4 passed, 0 failed, ${Object.keys(functions).length - 4} not implemented`],
  ] as const) {
    const { code, stdout } = commandInstalled(name, ["verify"]);
    t.true(stdout.includes(verdict), stdout);
    t.is(code, 0);
  }
});

test("the examples in their readmes run, and print what they say", (t) => {
  for (const name of ["tagswitch-opencv", "tagswitch-sharp"]) {
    const examples = [...readFileSync(join(packageFolder(name), "README.md"), "utf8").matchAll(/```js\n([^]*?)```/g)];
    t.is(examples.length, 2, name);
    for (const [, example] of examples) {
      const promised = [...example!.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line]) => line!);
      const { stdout, stderr } = runInstalled([name], example!);
      t.deepEqual([stderr, stdout.trimEnd().split("\n")], ["", promised], example);
    }
  }
});
