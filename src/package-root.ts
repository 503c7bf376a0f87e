import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this copy of the package. Code that the build puts together may lie in any folder below it. */
export const packageRoot: string = findRoot();

/** Where the package's code is that runs: its sources or what is built from them. Absolute. */
export const codeFolder: string = join(packageRoot, import.meta.filename.endsWith(".ts") ? "src" : "dist");

function findRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (nameIn(folder) === "tagswitch") return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of tagswitch above ${import.meta.dirname}`);
  }
}

/** What the package of a folder calls itself; `undefined` where the folder is no package. */
function nameIn(folder: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
  return (JSON.parse(text) as { name?: string }).name;
}
