// Tells whether inputs changed since something was made from them. Contents count, not dates: a fresh checkout or a
// branch switched back and forth does not rebuild.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "./project.mjs";

/**
 * A digest over files and folders, each path relative to the root.
 *
 * @param {readonly string[]} paths what is missing counts as missing, not as an error
 * @param {{ except?: (path: string) => boolean }} [options] `except` leaves out files or whole folders
 */
export function fingerprint(paths, { except = () => false } = {}) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesUnder(join(ROOT, path), except)) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

function filesUnder(path, except) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || except(relative(ROOT, path).replaceAll("\\", "/"))) return [];
  if (stat.isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name), except));
}

/** Whether `stamp` (an absolute path) holds this fingerprint. */
export function isStamped(stamp, print) {
  return statSync(stamp, { throwIfNoEntry: false })?.isFile() === true && readFileSync(stamp, "utf8") === print;
}

/** Records the fingerprint of what something was made from. */
export function writeStamp(stamp, print) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}
