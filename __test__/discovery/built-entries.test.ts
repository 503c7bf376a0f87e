// What the build puts together: one instance of every module for all entries, and names as in the sources.
import { readFileSync } from "node:fs";
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

test("functions keep the names that the sources give them", (t) => {
  const application = built.application({
    "package.json": { type: "module" },
    "main.js": `
      import { color, filters, measure, util } from "tagswitch/image";
      for (const [name, fn] of Object.entries({ ...color, ...filters, ...measure, ...util })) {
        if (fn.name !== name) console.log(name, "is called", fn.name);
      }
      console.log(filters.gaussian.name);
    `,
  });
  t.deepEqual(application.run("main.js"), { code: 0, stderr: "", stdout: "gaussian\n" });
});
