// What the build puts together: one instance of every module for all entries, and names as in the sources.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { BuiltPackage } from "./application.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

const { exports } = JSON.parse(readFileSync(join(built.folder, "package.json"), "utf8")) as {
  exports: Record<string, { default?: string }>;
};
// `register` changes the process that imports it.
const entries = Object.entries(exports)
  .filter(([name, { default: file }]) => file !== undefined && !name.endsWith("/register"))
  .map(([name]) => name.replace(".", "tagswitch"));

test("all entries are of one copy, whose classes have the names by which they are exported", (t) => {
  const application = built.application({
    "package.json": { type: "module" },
    "main.js": `
      const owners = new Map();
      for (const entry of ${JSON.stringify(entries)}) {
        for (const [name, value] of Object.entries(await import(entry))) {
          if (typeof value !== "function" || !/^class\\b/.test(Function.prototype.toString.call(value))) continue;
          if (value.name !== name) console.log(entry, name, "is called", value.name);
          if ((owners.get(name) ?? value) !== value) console.log(entry, name, "is another class");
          owners.set(name, value);
        }
      }
      console.log([...owners.keys()].filter((name) => /^(Image|GpuImage|DispatchError)$/.test(name)).sort().join());
    `,
  });
  t.deepEqual(application.run("main.js"), { code: 0, stderr: "", stdout: "DispatchError,GpuImage,Image\n" });
});

test("dispatchables and classes are called what users call them, and no function is named anew in each call", (t) => {
  const application = built.application({
    "package.json": { type: "module" },
    "main.js": `
      import * as image from "tagswitch/image";
      const modules = Object.values(image).filter((value) => typeof value === "object" && value !== null);
      let counted = 0;
      for (const [name, value] of modules.flatMap((module) => Object.entries(module))) {
        if (typeof value !== "function") continue;
        const isCounted = value.backends !== undefined || /^class\\b/.test(Function.prototype.toString.call(value));
        if (isCounted && value.name !== name) console.log(name, "is called", value.name);
        counted += isCounted;
      }
      console.log(counted > 100);
      const one = new image.Image(Int32Array.of(1), { width: 1, height: 1 });
      const [region] = image.measure.regionprops(one, one);
      console.log(region.constructor.name, region.channels[0].constructor.name, image.filters.gaussian.name);
    `,
  });
  const stdout = "true\nRegionProperties RegionProperties gaussian\n";
  t.deepEqual(application.run("main.js"), { code: 0, stderr: "", stdout });
  const texts = readdirSync(join(built.folder, "dist"))
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(join(built.folder, "dist", file), "utf8"));
  t.true(texts.length > 10);
  t.false(texts.some((text) => text.includes("__name(")));
});
