import { extname, join } from "node:path";

/** The path of a module of this folder: compiled when this one is. */
export function siblingModule(name: string): string {
  return join(import.meta.dirname, name + extname(import.meta.filename));
}
