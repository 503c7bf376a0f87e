// The addon is linked from several crates, whose functions register themselves: none may be lost on the way.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { addon } from "../src/addon.ts";
import { packageRoot } from "../src/package-root.ts";

test("the addon has the functions and classes that it declares, and no others", (t) => {
  const contract = readFileSync(join(packageRoot, "index.d.ts"), "utf8");
  const declared = [...contract.matchAll(/^export declare (?:function|class) (\w+)/gm)].map(([, name = ""]) => name);
  t.true(declared.length > 100);
  t.deepEqual(Object.keys(addon).toSorted(), declared.toSorted());
});
