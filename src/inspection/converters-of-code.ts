import { dirname } from "node:path";
import type { BackendRecord } from "../backend-record.ts";
import { type AnyConverter, CONVERTER_MEMBERS } from "../conversion/converter.ts";
import type { ManifestConverter } from "../discovery/manifest.ts";
import { type ExportedValues, pathFrom } from "./exported-value.ts";

/** The converters of a manifest, made of what code registered. */
interface WrittenConverters {
  readonly converters: ManifestConverter[];
  /** What is missing in them, each with what to do. */
  readonly problems: readonly string[];
}

/**
 * The converters that lead to or from a backend's types, by way of each other too. One that no module exports is as the
 * file has it already; else it is left out, and is a problem.
 *
 * @param at `file` is where they are to be, from which modules are named; `kept` those that it has.
 */
export function convertersOf(
  { name, declaration }: BackendRecord,
  registered: readonly AnyConverter[],
  at: { values: ExportedValues; file: string; kept: readonly ManifestConverter[] },
): WrittenConverters {
  const types = [...(declaration?.primary ?? []), ...(declaration?.secondary ?? [])].flatMap((pattern) => {
    if (typeof pattern === "string") return [pattern];
    return "type" in pattern ? [pattern.type] : [];
  });
  const converters = [...at.kept];
  const problems: string[] = [];
  for (const converter of connected(registered, types)) {
    const { from, to } = converter;
    const index = converters.findIndex((one) => one.from === from && one.to === to);
    const written = manifestConverter(converter, at);
    if (written !== undefined) converters[index < 0 ? converters.length : index] = written;
    else if (index < 0) {
      const advice = "export it from a module that registers nothing, and import that to register it";
      const what = `the converter from ${from} to ${to} is left out: no module exports an object with its members`;
      problems.push(`backend "${name}": ${what}; ${advice}`);
    }
  }
  return { converters, problems };
}

/** The converters that have one of these types, or one that another of them leads to or from. */
function connected(converters: readonly AnyConverter[], types: readonly string[]): AnyConverter[] {
  const reached = new Set(types);
  const isReached = ({ from, to }: AnyConverter): boolean => reached.has(from) || reached.has(to);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { from, to } of converters.filter(isReached)) reached.add(from).add(to);
  }
  return converters.filter(isReached);
}

function manifestConverter(
  converter: AnyConverter,
  { values, file }: { values: ExportedValues; file: string },
): ManifestConverter | undefined {
  const { from, to, cost } = converter;
  const isSame = (value: unknown): boolean => {
    const exported = (value ?? {}) as Partial<AnyConverter>;
    return CONVERTER_MEMBERS.every((member) => exported[member] === converter[member]);
  };
  const place = values.find(isSame, "");
  if (place === undefined) return undefined;
  const module = pathFrom(dirname(file), place.file);
  return { from, to, ...(cost !== undefined && { cost }), module, export: place.export };
}
