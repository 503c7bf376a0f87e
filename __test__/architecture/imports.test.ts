// Arrows between the rooms of src/ go one way: cli, bench, testing, image, typed → index.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import test from "ava";
import { filesUnder, ROOT } from "./checkout.ts";

/** Folders of src/ that are entries of their own; the rest of src/ is the dispatcher. */
const ROOMS = new Set(["bench", "cli", "image", "testing", "typed"]);

/** Packages that a room loads only if they are there, so that no user installs them. */
const OPTIONAL: Record<string, readonly string[]> = { bench: ["typed-function"] };

const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};

/** One import of one file: `source` reaches for `target`, a path from the root or a package. */
interface Arrow {
  source: string;
  specifier: string;
  target: string;
}

const sources = filesUnder("src").filter((file) => file.endsWith(".ts"));
const arrows = sources.flatMap((source) =>
  specifiersIn(readFileSync(join(ROOT, source), "utf8")).map((specifier): Arrow => ({
    source,
    specifier,
    target: specifier.startsWith(".") ? posix.join(posix.dirname(source), specifier) : specifier,
  })),
);
const local = arrows.filter(({ specifier }) => specifier.startsWith("."));

test("there are files and imports to look at", (t) => {
  t.true(sources.length > 10);
  t.true(arrows.length > sources.length);
});

test("relative imports name existing TypeScript files, ending and all", (t) => {
  t.deepEqual(
    local.filter(({ target }) => !target.endsWith(".ts") || !existsSync(join(ROOT, target))).map(describe),
    [],
  );
});

test("packages are Node's own or declared", (t) => {
  const isKnown = ({ source, specifier }: Arrow) =>
    specifier.startsWith("node:") ||
    specifier in dependencies ||
    OPTIONAL[roomOf(source)]?.includes(specifier) === true;
  t.deepEqual(arrows.filter((arrow) => !local.includes(arrow) && !isKnown(arrow)).map(describe), []);
});

test("the dispatcher knows none of the rooms built on it", (t) => {
  const isUpward = ({ source, target }: Arrow) => roomOf(source) === "index" && ROOMS.has(roomOf(target));
  t.deepEqual(local.filter(isUpward).map(describe), []);
});

test("a room reaches the dispatcher through its entry only", (t) => {
  t.deepEqual(local.filter((arrow) => leavesRoom(arrow) && !isAllowed(arrow)).map(describe), []);
});

test("only addon.ts and the image backends name the addon's contract", (t) => {
  const names = new Set(local.filter(({ target }) => target === "index.d.ts").map(({ source }) => source));
  t.deepEqual(
    [...names].filter((source) => source !== "src/addon.ts" && !source.startsWith("src/image/backends/")),
    [],
  );
  t.true(names.has("src/addon.ts"));
});

test("nothing reaches out of src/, but for the addon's contract", (t) => {
  t.deepEqual(local.filter(({ target }) => !target.startsWith("src/") && target !== "index.d.ts").map(describe), []);
});

test("src/index.ts stays short enough to read at a glance", (t) => {
  t.true(readFileSync(join(ROOT, "src/index.ts"), "utf8").split("\n").length <= 30);
});

/** Everything a source imports or re-exports, types included; comments are no imports. */
function specifiersIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const statements = /(?:^|;)\s*(?:import|export)\s(?:[^"'`;=]*?\sfrom\s*)?["']([^"'\n]+)["']/gm;
  const calls = /\bimport\(\s*["']([^"'\n]+)["']/g;
  return [statements, calls].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
}

function roomOf(path: string): string {
  const folder = path.split("/")[1] ?? "";
  return ROOMS.has(folder) ? folder : "index";
}

function leavesRoom({ source, target }: Arrow): boolean {
  return roomOf(source) !== "index" && target.startsWith("src/") && roomOf(target) !== roomOf(source);
}

function isAllowed({ source, target }: Arrow): boolean {
  if (target === "src/index.ts") return true;
  // How tables look is the same everywhere; it knows nothing of dispatch.
  if (target === "src/table.ts") return true;
  // So is where the package lies, and what a misspelt name may stand for.
  if (target === "src/package-root.ts" || target === "src/spelling.ts") return true;
  // Kernels are the addon's; files that run them or hold what they make may call it.
  if (target === "src/addon.ts") return /^src\/image\/(backends\/|io\/|gpu-image\.ts|result-memory\.ts)/.test(source);
  // A command is a door to another entry.
  return roomOf(source) === "cli" && /^src\/[^/]+\/index\.ts$/.test(target);
}

function describe({ source, specifier }: Arrow): string {
  return `${source} → ${specifier}`;
}
