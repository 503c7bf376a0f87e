import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { filesIn } from "../discovery/manifest-files.ts";
import type { SurveyedSystem } from "./survey.ts";

/** The files that the manifests of a system's backends name and that are not there: calls would find out. */
export function missingFiles({ backends }: SurveyedSystem): string[] {
  return backends.flatMap((backend) => {
    if (backend.state !== "found") return [];
    const { file, manifest } = backend.source;
    const named = [...filesIn(manifest)].map(({ path }) => resolve(dirname(file), path.split(":")[0]!));
    return [...new Set(named)]
      .filter((one) => !isThere(one))
      .map(
        (one) =>
          `backend "${backend.name}" of ${backend.package.name} names the file ${one}, which is not there (${file})`,
      );
  });
}

const require = createRequire(import.meta.url);

/** Whether a file is there, as a module is looked for: of some the ending may be left out. */
function isThere(file: string): boolean {
  try {
    require.resolve(file);
    return true;
  } catch {
    return false;
  }
}
