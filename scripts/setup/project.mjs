// Where things are.
import { join } from "node:path";

/** The checkout's root. */
export const ROOT = join(import.meta.dirname, "../..");

/** An absolute path inside the checkout. */
export const at = (...parts) => join(ROOT, ...parts);

/** Prebuildify's and node-gyp-build's name for this machine. */
export const PLATFORM = `${process.platform}-${process.arch}`;
