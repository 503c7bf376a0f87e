// The packages under backends/ are outsiders: what they use of tagswitch, any package may use.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import test from "ava";
import { checkManifest } from "../../src/discovery/manifest-check.ts";
import { ROOT } from "../architecture/checkout.ts";
import { exportsOf, packageFolder } from "./backend-package.ts";

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly tagswitch: { readonly backends: Readonly<Record<string, Readonly<Record<string, string>>>> };
}

const PACKAGES = ["tagswitch-opencv", "tagswitch-sharp"];
const PUBLISHED = new Set(["tagswitch", "tagswitch/image"]);

for (const name of PACKAGES) {
  const folder = packageFolder(name);
  const sources = readdirSync(folder).filter((file) => file.endsWith(".js"));
  const packageFile = json(join(folder, "package.json")) as unknown as PackageFile;
  const manifest = json(join(folder, packageFile.tagswitch.backends["tagswitch/image"]![name.slice(10)]!));

  test(`${name} imports tagswitch's published entries, its own dependencies, and itself`, (t) => {
    const imports = sources.flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
      return [...text.matchAll(/(?:\bfrom |\bimport\(|^import )"([^"]+)"/gm)].map(([, specifier]) => specifier!);
    });
    t.true(imports.length > sources.length);
    const known = (specifier: string): boolean =>
      PUBLISHED.has(specifier) ||
      specifier in packageFile.dependencies ||
      builtinModules.includes(specifier.replace("node:", "")) ||
      (specifier.startsWith("./") && existsSync(join(folder, specifier)));
    t.deepEqual(
      imports.filter((specifier) => !known(specifier)),
      [],
    );
    t.deepEqual(Object.keys(packageFile.peerDependencies), ["tagswitch"]);
  });

  test(`${name}'s manifest is right, and names what there is`, async (t) => {
    t.is(checkManifest(manifest), undefined);
    t.is(manifest["optIn"], true);
    const functions = manifest["functions"] as Record<string, { module: string; shouldRun: string }>;
    for (const [called, { module, shouldRun }] of Object.entries(functions)) {
      const last = called.slice(called.indexOf(".") + 1);
      for (const file of [module, shouldRun]) t.is(typeof (await exportsOf(name, file))[last], "function", called);
    }
    for (const { module, export: converter } of manifest["converters"] as { module: string; export: string }[]) {
      t.is(typeof ((await exportsOf(name, module))[converter] as { convert: unknown }).convert, "function", converter);
    }
  });
}

test("the packages are typed: their comments hold against tagswitch's types and those of what they run", (t) => {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  t.notThrows(() => execFileSync(process.execPath, [compiler, "--project", join(ROOT, "backends")], { cwd: ROOT }));
});

function json(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
