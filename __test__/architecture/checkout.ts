import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The checkout's root. */
export const ROOT: string = join(import.meta.dirname, "../..");

/** Files under these folders of the checkout, as paths from the root with forward slashes. */
export function filesUnder(...folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/")),
    );
}
