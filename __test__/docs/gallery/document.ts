// docs/gallery.md: what each function of the image library gives, by the library itself.
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import * as library from "../../../src/image/index.ts";
import { CALLS, INPUTS, NOT_SHOWN } from "./calls.ts";

const { Image, io } = library;

export const DOCUMENT: URL = new URL("../../../docs/gallery.md", import.meta.url);
export const FOLDER: URL = new URL("../../../docs/pictures/", import.meta.url);
/** The photographs, which are not made here. */
export const PHOTOGRAPHS: readonly string[] = ["astronaut.png", "coins.png"];

/** What each call gives, inputs first. */
export function results(): Map<string, unknown> {
  const imread = (file: string): unknown => io.imread(fileURLToPath(new URL(file, FOLDER)));
  const named: Record<string, unknown> = { ...library, io: { imread } };
  const run = (call: string): unknown =>
    (compileFunction(`return ${call}`, Object.keys(named)) as (...values: unknown[]) => unknown)(
      ...Object.values(named),
    );
  const found = new Map<string, unknown>();
  for (const [name, call] of Object.entries(INPUTS)) {
    named[name] = run(call);
    found.set(call, named[name]);
  }
  for (const call of Object.values(CALLS).flat()) found.set(call, run(call));
  return found;
}

/** The name of a call's picture, without its ending. */
export function pictureName(call: string): string {
  const input = Object.entries(INPUTS).find(([, given]) => given === call)?.[0];
  return input ?? functionOf(call);
}

/** The function that a call is about, which is the outermost. */
export function functionOf(call: string): string {
  return /^[\w.]+/.exec(call)?.[0] ?? "";
}

/** The photograph that a call reads. */
export function photographOf(call: string): string | undefined {
  return /^io\.imread\("(.+)"\)$/.exec(call)?.[1];
}

/** The text, given the file of each call's picture. */
export function document(found: ReadonlyMap<string, unknown>, fileOf: (call: string) => string): string {
  const shown = (call: string): string => {
    const result = found.get(call);
    if (!(result instanceof Image)) return `\`${text(result)}\``;
    return `![](pictures/${fileOf(call)})<br>${result.shape.join(" × ")} ${result.dtype}`;
  };
  const inputs = Object.entries(INPUTS).map(([name, call]) => `| \`${name} = ${call}\` | ${shown(call)} |`);
  const parts = Object.entries(CALLS).flatMap(([name, calls]) => [
    `## ${name}\n`,
    "| call | result |\n|---|---|",
    ...calls.map((call) => `| \`${call}\` | ${shown(call)} |`),
    "",
  ]);
  const missing = Object.entries(NOT_SHOWN).map(([name, reason]) => `\`${name}\`: ${reason}.`);
  return `# Gallery

What each function gives, shown as \`io.toPicture\` shows it; made by the library itself (\`node --import=tsx __test__/docs/gallery/record.ts\`). The astronaut is
NASA's Eileen Collins (public domain), the coins are Greek ones from Pompeii, of the Brooklyn Museum (no known copyright restrictions): parts of scikit-image's
pictures of these names.

| input | |
|---|---|
${inputs.join("\n")}

${parts.join("\n")}
Not shown: ${missing.join(" ")}
`;
}

/** A number, or a list or table of them, in few characters. */
function text(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  if (typeof value !== "object" || value === null) return String(value);
  if (!ArrayBuffer.isView(value) && !Array.isArray(value)) {
    const members = Object.entries(value).map(([name, member]) => `${name}: ${text(member)}`);
    return `{ ${members.join(", ")} }`;
  }
  const items = Array.from(value as ArrayLike<unknown>);
  const more = items.length > 4 ? `, … ${items.length} in all` : "";
  return `[${items.slice(0, 4).map(text).join(", ")}${more}]`;
}
