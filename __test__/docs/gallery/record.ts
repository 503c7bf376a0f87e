// Makes docs/gallery.md and docs/pictures anew: node --import=tsx __test__/docs/gallery/record.ts
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Image, io } from "../../../src/image/index.ts";
import { document, DOCUMENT, FOLDER, photographOf, PHOTOGRAPHS, pictureName, results } from "./document.ts";

const path = (file: string): string => fileURLToPath(new URL(file, FOLDER));

for (const file of readdirSync(FOLDER)) if (!PHOTOGRAPHS.includes(file)) rmSync(path(file));
const found = results();
const files = new Map<string, string>();
for (const [call, result] of found) {
  if (result instanceof Image) files.set(call, photographOf(call) ?? save(pictureName(call), result));
}
writeFileSync(
  DOCUMENT,
  document(found, (call) => files.get(call) as string),
);

/** Writes a picture as PNG or as JPEG, whichever is smaller, and returns the file's name. */
function save(name: string, image: Image): string {
  const picture = io.toPicture(image);
  const [png, jpeg] = [path(`${name}.png`), path(`${name}.jpg`)] as const;
  io.imsave(png, picture);
  io.imsave(jpeg, picture, { quality: 85 });
  const isPng = statSync(png).size <= statSync(jpeg).size;
  rmSync(isPng ? jpeg : png);
  return isPng ? `${name}.png` : `${name}.jpg`;
}
