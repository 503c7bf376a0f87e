import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { textOf } from "../discovery/json-file.ts";

/** More files than a library has; less than a mistake may lead to. */
const MOST_FILES = 2000;

/**
 * The comment above the export that a function of a library is: what its last part names, in a declaration or source
 * file beside the library's module, rather where the path has the first parts too. `undefined` where there is none.
 *
 * Files are searched as text: a function exported under another name is not found.
 */
export function docComment(name: string, moduleUrl: string): string | undefined {
  const parts = name.split(".");
  const exported = parts.pop()!.replaceAll(/[^$\w]/g, "");
  const comment = new RegExp(
    String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*export (?:declare )?(?:const|let|(?:async )?function) ${exported.replaceAll("$", String.raw`\$`)}\b`,
  );
  const places = parts.map((part) => `${sep}${part}`);
  const isNear = (file: string): boolean => places.some((part) => file.includes(part));
  const files = sourcesIn(dirname(fileURLToPath(moduleUrl)));
  for (const file of [...files.filter(isNear), ...files.filter((other) => !isNear(other))]) {
    const found = comment.exec(textOf(file) ?? "")?.[1];
    if (found !== undefined) return plain(found);
  }
  return undefined;
}

function sourcesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).slice(0, MOST_FILES);
  const ours = entries.filter(
    (file) => !file.split(sep).includes("node_modules") && /\.([cm]?js|d\.[cm]?ts)$/.test(file),
  );
  const isDeclaration = (file: string): boolean => file.endsWith("ts");
  return [...ours.filter(isDeclaration), ...ours.filter((file) => !isDeclaration(file))].map((file) =>
    join(folder, file),
  );
}

function plain(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();
}
