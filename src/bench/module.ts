import { extname, join } from "node:path";
import { codeFolder } from "../package-root.ts";

/** The file of a module, named by its path in `src/` without its ending: compiled when this one is. */
export function moduleFile(name: string): string {
  return join(codeFolder, name + extname(import.meta.filename));
}
