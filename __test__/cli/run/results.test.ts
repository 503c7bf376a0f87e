// What a pipeline gives, and how it is saved.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { columnsOf, csvOf, jsonOf, textOf } from "../../../src/cli/run/columns.ts";
import { execute } from "../../../src/cli/run/execute.ts";
import { save } from "../../../src/cli/run/output.ts";
import { runFile } from "../../../src/cli/run/run-file.ts";
import { readStep } from "../../../src/cli/run/step-text.ts";
import * as library from "../../../src/image/index.ts";

const { Image, io } = library;
const folder = mkdtempSync(join(tmpdir(), "tagswitch-results-"));
const at = (name: string): string => join(folder, name);
const row = (data: library.Samples): library.Image => new Image(data, { width: data.length, height: 1 });

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

async function last(image: library.Image, ...steps: string[]): Promise<unknown> {
  return (await execute(library, image, steps.map(readStep), undefined)).values.at(-1);
}

test("each step works on the last image, another one is named", async (t) => {
  const photo = new Image(
    Uint8Array.from({ length: 12 * 9 * 3 }, (_, i) => (i * 37) % 256),
    {
      ...{ width: 12, height: 9, channels: 3 },
    },
  );
  const gray = library.color.rgb2gray(photo);
  const mask = library.util.greater(gray, library.filters.thresholdOtsu(gray));
  const labels = library.measure.label(mask);
  const expected = library.color.label2rgb(labels, photo, { alpha: 0.5 });
  const steps = ["color.rgb2gray", "filters.thresholdOtsu", "util.greater:@2", "measure.label"];
  t.deepEqual(await last(photo, ...steps, "color.label2rgb:@0,alpha=0.5"), expected);
  t.deepEqual(
    await last(photo, ...steps, "segmentation.markBoundaries@0:@4"),
    library.segmentation.markBoundaries(photo, labels),
  );
});

test("a footprint is made for later steps, which work on the image before it", async (t) => {
  const image = row(Uint8Array.of(0, 9, 0, 0, 7, 7, 7, 0));
  const line = library.morphology.footprintRectangle([1, 3]);
  const steps = ["util.invert", "morphology.footprintRectangle:[1,3]", "morphology.opening:footprint=@2"];
  t.deepEqual(await last(image, ...steps), library.morphology.opening(library.util.invert(image), { footprint: line }));
  const disk = library.morphology.disk(2, { strictRadius: false });
  t.deepEqual(
    await last(image, "morphology.disk:2,strictRadius=false", "filters.median:footprint=@1"),
    library.filters.median(image, { footprint: disk }),
  );
  const error = await t.throwsAsync(last(image, "morphology.disk:-1", "filters.median:footprint=@1"));
  t.regex(error!.message, /^step 1: morphology\.disk: radius is -1/);
});

test("a footprint is none of the steps that a report shows", async (t) => {
  io.imsave(at("before.png"), row(Uint8Array.of(0, 9, 0)));
  const steps = ["morphology.disk:1", "morphology.dilation:footprint=@1"].map(readStep);
  const task = { input: at("before.png"), output: undefined, steps, backend: undefined, pictured: 64 };
  const outcome = await runFile(library, task);
  if (outcome.state !== "done") return t.fail();
  t.deepEqual(
    outcome.trace.calls.map((call) => call.function),
    ["morphology.dilation"],
  );
  t.deepEqual(
    outcome.sights?.steps.map((sight) => "picture" in sight && [sight.width, sight.height]),
    [[3, 1]],
  );
});

test("options come last, also where what is before them is left out", async (t) => {
  const table = await last(row(Int32Array.of(1, 1, 2)), "measure.regionpropsTable:properties=[label,area]");
  t.deepEqual(table, { label: Int32Array.of(1, 2), area: Float64Array.of(2, 1) });
});

test("a backend is put first, and the trace tells who ran", async (t) => {
  const { trace } = await execute(library, row(Uint8Array.of(1, 2)), [readStep("util.invert")], "default");
  t.deepEqual(
    trace.calls.map((call) => [call.function, call.backend]),
    [["util.invert", "default"]],
  );
});

test("what a step throws says which it was", async (t) => {
  const error = await t.throwsAsync(last(row(Uint8Array.of(1)), "util.invert", "filters.gaussian:sigma=wide"));
  t.regex(error!.message, /^step 2: filters\.gaussian: option sigma is "wide"/);
});

const table = { label: Int32Array.of(1, 2), area: Float64Array.of(2.5, NaN) };

test("results that are no images, as columns, CSV, JSON and text", (t) => {
  t.deepEqual(columnsOf(0.5), { value: [0.5] });
  t.deepEqual(columnsOf([1, 2]), { value: [1, 2] });
  t.deepEqual(columnsOf([[1, 2], [3, 4]]), { 0: [1, 3], 1: [2, 4] }); // prettier-ignore
  t.deepEqual(columnsOf([]), { value: [] });
  t.is(csvOf(table), "label,area\n1,2.5\n2,NaN\n");
  t.is(JSON.stringify(jsonOf(table)), '{"label":[1,2],"area":[2.5,null]}');
  t.deepEqual(jsonOf(Float64Array.of(1)), [1]);
  t.is(textOf(0.25, { value: [0.25] }), "0.25");
  t.regex(textOf(table, table), /label │ area[^]*1 │ +2\.5/);
  for (const other of [null, undefined, "text", [{}], { a: 1 }, { image: row(Uint8Array.of(1)) }, new Map()]) {
    t.is(columnsOf(other), undefined);
  }
});

const SHOWN = /^(int32|float32 beyond 0 to 1): saved as io\.toPicture shows it; \.tif keeps the samples$/;
const saved: [
  name: string,
  data: library.Samples,
  file: string,
  expected: library.Samples,
  note: RegExp | undefined,
][] = [
  ["bytes as they are", Uint8Array.of(0, 1, 2), "b.png", Uint8Array.of(0, 1, 2), undefined],
  ["masks as 0 and 255", Uint8Array.of(0, 1, 1), "m.png", Uint8Array.of(0, 255, 255), /^a mask: 1 is saved as 255$/],
  ["a mask of nothing as it is", Uint8Array.of(0, 0), "n.png", Uint8Array.of(0, 0), undefined],
  ["16 bits in PNG as they are", Uint16Array.of(0, 65535), "s.png", Uint16Array.of(0, 65535), undefined],
  ["floats of 0 to 1 as bytes", Float32Array.of(0, 0.5, 1 + 1e-6), "f.png", Uint8Array.of(0, 128, 255), undefined],
  ["floats beyond as they are shown", Float32Array.of(-2, 0, 2), "g.png", Uint8Array.of(0, 128, 255), SHOWN],
  ["NaN too", Float32Array.of(0, NaN, 1), "h.png", Uint8Array.of(0, 0, 255), SHOWN],
  ["all in TIFF as it is", Float32Array.of(-2, NaN, 2), "t.tif", Float32Array.of(-2, NaN, 2), undefined],
  ["labels in TIFF as they are", Int32Array.of(0, 7), "l.TIFF", Int32Array.of(0, 7), undefined],
];

for (const [name, data, file, expected, note] of saved) {
  test(`saved: ${name}`, async (t) => {
    const said = await save(library, row(data), at(file));
    t.deepEqual(io.imread(at(file)).data, expected);
    if (note === undefined) t.is(said, undefined);
    else t.regex(said!, note);
  });
}

test("saved: labels in PNG in colours, 16 bits in WebP as 8", async (t) => {
  t.regex((await save(library, row(Int32Array.of(0, 1, 2)), at("labels.png")))!, SHOWN);
  t.deepEqual(io.imread(at("labels.png")), io.toPicture(row(Int32Array.of(0, 1, 2))));
  t.is(await save(library, row(Uint16Array.of(0, 65535)), at("deep.webp")), "16 bits are saved as 8");
  t.deepEqual([...io.imread(at("deep.webp")).data], [0, 0, 0, 255, 255, 255]);
});

test("saved: numbers as JSON or CSV", async (t) => {
  await save(library, table, at("table.csv"));
  t.is(readFileSync(at("table.csv"), "utf8"), csvOf(table));
  await save(library, 0.25, at("number.json"));
  t.is(readFileSync(at("number.json"), "utf8"), "0.25\n");
});

test("what an output cannot hold is refused, and what was there stays", async (t) => {
  await save(library, row(Uint8Array.of(3)), at("kept.jpg"));
  const before = readFileSync(at("kept.jpg"));
  const channels = new Image(new Uint8Array(4), { width: 1, height: 1, channels: 4 });
  await t.throwsAsync(save(library, channels, at("kept.jpg")), { code: "ERR_IMAGE_SHAPE", message: /kept\.jpg/ });
  await t.throwsAsync(save(library, 3, at("kept.jpg")), { code: "ERR_OUTPUT", message: /kept\.jpg: .* gave no image/ });
  t.deepEqual(readFileSync(at("kept.jpg")), before);
  await t.throwsAsync(save(library, channels, at("image.csv")), { code: "ERR_OUTPUT", message: /gave an image/ });
  await t.throwsAsync(save(library, [{}], at("odd.json")), { message: /neither an image nor numbers/ });
  await t.throwsAsync(save(library, channels, at("missing/image.png")), {
    code: "ERR_IMAGE_FILE",
    message: /missing[/\\]image\.png: it cannot be written: ENOENT/,
  });
  t.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});
