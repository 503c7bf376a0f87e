// The gallery shows what the library gives now, of every function.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "ava";
import { Image, io } from "../../src/image/index.ts";
import { functions } from "../../src/image/suite/index.ts";
import { CALLS, NOT_SHOWN } from "./gallery/calls.ts";
import {
  document,
  DOCUMENT,
  FOLDER,
  functionOf,
  photographOf,
  PHOTOGRAPHS,
  pictureName,
  results,
} from "./gallery/document.ts";

const files = readdirSync(FOLDER);

function fileOf(call: string): string {
  const name = pictureName(call);
  return photographOf(call) ?? files.find((file) => [`${name}.png`, `${name}.jpg`].includes(file)) ?? `no ${name}`;
}

test("every function is shown, or there is a reason", (t) => {
  const shown = Object.values(CALLS).flat().map(functionOf);
  t.deepEqual([...shown, ...Object.keys(NOT_SHOWN)].toSorted(), Object.keys(functions).toSorted());
});

test("the document and its pictures are what the library makes", (t) => {
  const found = results();
  t.is(document(found, fileOf), readFileSync(DOCUMENT, "utf8"));
  const used = new Set(PHOTOGRAPHS);
  for (const [call, result] of found) {
    if (!(result instanceof Image)) continue;
    used.add(fileOf(call));
    const expected = io.toPicture(result);
    const kept = io.imread(fileURLToPath(new URL(fileOf(call), FOLDER)));
    t.deepEqual([kept.width, kept.height], [expected.width, expected.height], call);
    let difference = 0;
    for (const [i, sample] of expected.data.entries()) difference += Math.abs(sample - (kept.data[i] as number));
    // JPEG keeps noise less well than anything else.
    t.true(difference / kept.data.length < 12, `${call}: ${difference / kept.data.length}`);
  }
  t.deepEqual(files.toSorted(), [...used].toSorted());
});
