import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { textOf } from "../discovery/json-file.ts";

/** More files than a library has; less than a mistake may lead to. */
const MOST_FILES = 2000;

/** An option as the type that declares it says it. */
export interface DeclaredOption {
  /** Names of types written out where they stand for others. */
  readonly type: string;
  readonly description: string;
}

/** What a library's files say of a function. */
export interface Declaration {
  /** The comment above it. */
  readonly description: string | undefined;
  /** Its parameters and its result, where types are declared. */
  readonly signature: string | undefined;
  /** Its options, those of the types that theirs extends included, where types are declared. */
  readonly options: ReadonlyMap<string, DeclaredOption>;
}

/**
 * The export with a comment above it that a function of a library is: what its last part names, in a declaration or
 * source file beside the library's module, rather where the path has the first parts too.
 *
 * Files are searched as text: a function exported under another name is not found.
 */
export function declarationOf(name: string, moduleUrl: string): Declaration {
  const parts = name.split(".");
  const exported = parts
    .pop()!
    .replaceAll(/[^$\w]/g, "")
    .replaceAll("$", String.raw`\$`);
  const places = parts.map((part) => `${sep}${part}`);
  const isNear = (file: string): boolean => places.some((part) => file.includes(part));
  const files = sourcesIn(dirname(fileURLToPath(moduleUrl)));
  const texts = new Texts([...files.filter(isNear), ...files.filter((other) => !isNear(other))]);
  const found = texts.first(
    new RegExp(
      String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*export (?:declare )?(?:const|let|(?:async )?function) ${exported}\b(.*)`,
    ),
  );
  if (found === undefined) return { description: undefined, signature: undefined, options: new Map() };
  const [, comment, rest] = found;
  const signature = signatureIn(rest!, texts);
  const type = signature === undefined ? undefined : /\boptions\?: (\w+)/.exec(signature)?.[1];
  const options = new Map(type === undefined ? [] : optionsIn(type, texts));
  return { description: plain(comment!), signature, options };
}

/** The parameters and the result that follow the name in a declaration; a line for each where there are several. */
function signatureIn(declared: string, texts: Texts): string | undefined {
  // `: Operation<(…) => …>;` of a constant, `(…): …;` of a function, `: Operation<Overloads>;`.
  const own = /^: \w+<(\(.*\) => .*)>;$/.exec(declared)?.[1] ?? /^(\(.*\): .*);$/.exec(declared)?.[1];
  if (own !== undefined) return own;
  const overloads = /^: \w+<(\w+)>;$/.exec(declared)?.[1];
  if (overloads === undefined) return undefined;
  const body = texts.first(interfaceNamed(overloads))?.groups!["body"]!.replaceAll(/\s+/g, " ").trim();
  return body?.startsWith("(") ? body.replaceAll("; (", "\n(").replace(/;$/, "") : undefined;
}

/** Finds an interface: the bound of its type parameter, what it extends, its members. */
function interfaceNamed(name: string): RegExp {
  const parameter = String.raw`(?:<(?<parameter>\w+) extends (?<bound>\w+)[^{]*>)?`;
  return new RegExp(String.raw`\binterface ${name}\b${parameter}(?: extends (?<base>[^{]+))? \{(?<body>[\s\S]*?)\n\}`);
}

/** The members of an interface, after those of the ones that it extends. */
function optionsIn(type: string, texts: Texts): [name: string, option: DeclaredOption][] {
  const found = texts.first(interfaceNamed(type))?.groups;
  if (found === undefined) return [];
  const { parameter, bound, base, body } = found;
  const inherited = base?.match(/\w+/g)?.flatMap((name) => optionsIn(name, texts)) ?? [];
  const members = body!.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)\?: ([^;]+);/g);
  const own = [...members].map(([, comment, name, declared]): [string, DeclaredOption] => [
    name!,
    {
      type: writtenOut(declared === parameter ? bound! : declared!, texts),
      description: plain(comment!).replaceAll(/\s+/g, " "),
    },
  ]);
  return [...inherited, ...own];
}

/** A type with the names in it replaced by what they stand for, where that is no more than a line. */
function writtenOut(type: string, texts: Texts): string {
  return type.replaceAll(/"[^"]*"|\b[A-Z]\w*\b/g, (name) => {
    if (name.startsWith('"')) return name;
    const found = texts.first(new RegExp(String.raw`\btype ${name} = ([^;{\n]+);`))?.[1];
    return found === undefined ? name : writtenOut(found, texts);
  });
}

/** The texts of files, each read when it is first needed. */
class Texts {
  readonly #files: readonly string[];
  readonly #texts = new Map<string, string>();

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** The first place in the first file that has one. */
  first(pattern: RegExp): RegExpExecArray | undefined {
    for (const file of this.#files) {
      const text = this.#texts.get(file) ?? textOf(file) ?? "";
      this.#texts.set(file, text);
      const found = pattern.exec(text);
      if (found !== null) return found;
    }
    return undefined;
  }
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
