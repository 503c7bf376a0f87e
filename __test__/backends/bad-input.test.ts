// What is wrong with a call is refused before the work, or is the image library's own error; never a wrong answer.
import test from "ava";
import { Image } from "../../src/image/image.ts";
import { exportsOf, runPackage } from "./backend-package.ts";

const { start } = await exportsOf("tagswitch-opencv", "index.js");
await (start as () => Promise<unknown>)();

const image = new Image(new Uint8Array(12), { width: 4, height: 3 });
const color = new Image(new Uint8Array(36), { width: 4, height: 3, channels: 3 });

for (const name of ["tagswitch-opencv", "tagswitch-sharp"]) {
  const run = runPackage(name);

  test(`${name} refuses options that it does not know or understand`, async (t) => {
    const refused: [operation: string, args: readonly unknown[], reason: RegExp][] = [
      ["filters.gaussian", [image, { sgima: 2 }], /^option sgima is not known here$/],
      ["filters.gaussian", [image, { sgima: undefined }], /^option sgima is not known here$/],
      ["filters.gaussian", [image, { sgima: [1, 2] }], /^option sgima is not known here$/],
      ["filters.gaussian", [image, null], /^options that are no object$/],
      ["filters.gaussian", [image, { sigma: -1 }], /^sigma: /],
      ["filters.gaussian", [image, { sigma: [1, 2, 3] }], /^sigma: /],
      ["filters.gaussian", [image, { sigma: "2" }], /^sigma: /],
      ["filters.gaussian", [image, { truncate: NaN }], /^truncate: /],
      ["filters.gaussian", [image, { mode: "mirrored" }], /^mode: /],
      ["filters.gaussian", [image, { cval: Infinity }], /^cval: /],
      ["filters.gaussian", [image, { preserveRange: 1 }], /^preserveRange: /],
      ["filters.gaussian", [color, {}], /^3 channels without channelAxis$/],
      ["filters.gaussian", [color, { channelAxis: 0 }], /^channelAxis: /],
      ["filters.sobel", [image, { axis: -1 }], /^axis: /],
      ["filters.sobel", [color, {}], /^3 channels: /],
      ["color.rgb2gray", [image, {}], /^1 channels: /],
      ["util.greater", [image, "1", {}], /^a threshold that is /],
      ["util.greater", [color, 1, {}], /^3 channels: /],
    ];
    for (const [operation, args, message] of refused)
      await t.throwsAsync(async () => run(operation, args), { message });
    await t.notThrowsAsync(async () => run("filters.gaussian", [image, { wgpu: { sgima: 2 }, backend: "x" }]));
  });

  test(`${name} reads no image whose buffer is gone`, async (t) => {
    const gone = new Image(new Float32Array(12), { width: 4, height: 3 });
    structuredClone(gone.data, { transfer: [gone.data.buffer] });
    for (const operation of ["filters.gaussian", "filters.sobel"]) {
      await t.throwsAsync(async () => run(operation, [gone, {}]), { code: "ERR_IMAGE_BUFFER" });
    }
  });
}

test("opencv paints nothing where the labels are missing", async (t) => {
  const run = runPackage("tagswitch-opencv");
  await t.throwsAsync(async () => run("color.label2rgb", [null, image, {}]), { message: /^no image: / });
});
