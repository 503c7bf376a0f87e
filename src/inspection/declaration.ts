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
      String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*export (?:declare )?(?:const|let|(?:async )?function) ${exported}\b${REST}`,
    ),
  );
  if (found === undefined) return { description: undefined, signature: undefined, options: new Map() };
  const [, comment, rest] = found;
  const signature = signatureIn(rest!, texts);
  const types = withoutArguments(signature ?? "").matchAll(/\b\w+\?: (\w+(?: & \w+)*)/g);
  const options = new Map([...types].flatMap(([, all]) => all!.split(" & ")).flatMap((type) => optionsIn(type, texts)));
  return { description: plain(comment!), signature, options };
}

/** What follows a name in a declaration, to its end: a semicolon, and no line after it that goes on with it. */
const REST = String.raw`((?:.|\n(?=[\s}]))*?;(?=\n(?![ }])|$))`;

/** A signature without what is between angle brackets, from the inside outwards. */
function withoutArguments(signature: string): string {
  let text = signature.replaceAll("=>", "");
  for (let before = ""; text !== before;) [before, text] = [text, text.replaceAll(/<[^<>]*>/g, "")];
  return text;
}

/** The parameters and the result that follow the name in a declaration; a line for each where there are several. */
function signatureIn(declared: string, texts: Texts): string | undefined {
  const line = declared.replaceAll(/\s+/g, " ");
  // `: Operation<(…) => …>;` or `: (…) => …;` of a constant, `(…): …;` of a function.
  const own =
    /^: \w+<((?:<.*>)?\(.*\) => .*)>;$/.exec(line)?.[1] ?? /^(?:: )?((?:<.*>)?\(.*\)(?:: | => ).*);$/.exec(line)?.[1];
  if (own !== undefined) return own;
  const alias = /^: (\w+);$/.exec(line)?.[1];
  if (alias !== undefined) return alternatives(alias, texts);
  // `: Operation<Overloads>;`, `: Dispatchable<typeof fn>;`
  const [, isFunction, name] = /^: \w+<(typeof )?(\w+)>;$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  if (isFunction !== undefined) return functionNamed(name, texts);
  const body = texts.first(interfaceNamed(name))?.groups!["body"]!.replaceAll(/\s+/g, " ").trim();
  return body?.startsWith("(") ? body.replaceAll("; (", "\n(").replace(/;$/, "") : undefined;
}

/** The signatures of an alias such as `Operation<One> & Operation<Other>`, of types beside it. */
function alternatives(alias: string, texts: Texts): string | undefined {
  const found = texts.first(new RegExp(String.raw`\btype ${alias} = ([^;]+);`));
  const signatures = Array.from(found?.[1]!.matchAll(/\w+<(\w+)>/g) ?? [], ([, name]) =>
    new RegExp(String.raw`\btype ${name} = ${REST}`).exec(found!.input)?.[1]!.replaceAll(/\s+/g, " ").replace(/;$/, ""),
  );
  return signatures.length === 0 || signatures.includes(undefined) ? undefined : signatures.join("\n");
}

/** The signatures of a function that a library has for itself, whose type others have. */
function functionNamed(name: string, texts: Texts): string | undefined {
  const one = String.raw`\bdeclare (?:function|const) ${name}\b${REST}`;
  const file = texts.first(new RegExp(one))?.input ?? "";
  const signatures = Array.from(file.matchAll(new RegExp(one, "g")), ([, rest]) => signatureIn(rest!, texts));
  return signatures.length === 0 || signatures.includes(undefined) ? undefined : signatures.join("\n");
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

/** Declarations, then sources, of a folder and those in it; what is installed there and where links lead is others'. */
function sourcesIn(folder: string): string[] {
  const files: string[] = [];
  const folders = [folder];
  for (const at of folders) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") folders.push(path);
      else if (entry.isFile() && /\.([cm]?js|d\.[cm]?ts)$/.test(entry.name)) files.push(path);
    }
    if (files.length > MOST_FILES) break;
  }
  const isDeclaration = (file: string): boolean => file.endsWith("ts");
  return [...files.filter(isDeclaration), ...files.filter((file) => !isDeclaration(file))];
}

function plain(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();
}
