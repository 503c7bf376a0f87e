import { relative } from "node:path";
import {
  type BackendPackage,
  backendPackage,
  checkManifests,
  manifestsOfModule,
  type ManifestsVerdict,
  type PackageManifest,
  writeManifest,
} from "../inspection/index.ts";
import { parse } from "./arguments.ts";
import { orUsageError, print, styled } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const HELP = `Usage: tagswitch manifest [folder] --module FILE [--system NAME]
       tagswitch manifest [folder] --check [--module FILE]

For packages with backends. With --module, writes the manifest of every backend that the module registers for the
system: types, order, functions and their options, converters, and where each is exported: from the modules that FILE
imports. A file that is there keeps its description, and converters that code does not give. With --check, writes
nothing and looks whether the manifests agree with the library (functions and types are spelt as it has them), with the
package's modules (all can be loaded and have what is named), and with the module, if one is given.

Options:
      --module FILE   the module that registers the backends; it is imported
      --system NAME   the backend system; may be left out where package.json names one already
      --check         check, and write nothing
      --json          print JSON instead of text
  -h, --help          this text

Exit code: 0 if all is well, 1 if something could not be written or is wrong.
`;

const OPTIONS = {
  module: { type: "string" },
  system: { type: "string" },
  check: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch manifest`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse("manifest", args, OPTIONS, 1);
  const { module, check = false, json = false } = values;
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  if (module === undefined && !check) {
    throw new UsageError("what is to be done? Give --module, --check or both. See: tagswitch manifest --help");
  }
  const of = await orUsageError(Promise.resolve().then(() => backendPackage(positionals[0] ?? ".")));
  const made = module === undefined ? [] : await madeBy(of, module, values.system);
  if (check) return checked(of, made, json);
  for (const manifest of made) await writeManifest(manifest);
  print(made, { json, text: (all) => all.map((one) => written(one, of)).join("\n\n") });
  return made.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

async function madeBy(of: BackendPackage, module: string, system: string | undefined): Promise<PackageManifest[]> {
  const systems = system === undefined ? Object.keys(of.backends) : [system];
  if (systems.length === 0) {
    throw new UsageError("for which system? package.json names none, so give --system. See: tagswitch manifest --help");
  }
  const made: PackageManifest[] = [];
  for (const name of systems) made.push(...(await orUsageError(manifestsOfModule(of, module, name))));
  return made;
}

async function checked(of: BackendPackage, made: readonly PackageManifest[], json: boolean): Promise<number> {
  const verdict = await checkManifests(of);
  const unlike = made.flatMap(({ file, isCurrent, isNamed, problems }) => [
    ...(isNamed ? [] : [`package.json does not name ${file}`]),
    ...(isCurrent ? [] : [`${file} is not what the code says; without --check this command writes it`]),
    ...problems,
  ]);
  const whole: ManifestsVerdict = { ...verdict, problems: [...verdict.problems, ...unlike] };
  print(whole, { json, text: said });
  return whole.problems.length === 0 ? 0 : 1;
}

function said({ checked: all, problems }: ManifestsVerdict): string {
  const backends = all.map(({ system, backend, functions }) => `${backend} for ${system}: ${counted(functions)}`);
  if (backends.length === 0 && problems.length === 0) return "package.json names no manifests.";
  const end = problems.length === 0 ? [styled("green", "No problems.")] : problems.map(problemLine);
  return [...backends, ...end].join("\n");
}

function written({ system, backend, file, manifest, isNamed, problems }: PackageManifest, of: BackendPackage): string {
  const path = `./${relative(of.folder, file).replaceAll("\\", "/")}`;
  const field = JSON.stringify({ tagswitch: { backends: { [system]: { [backend]: path } } } });
  return [
    `${backend} for ${system}: ${counted(Object.keys(manifest.functions).length)} in ${path}`,
    ...(isNamed ? [] : [`Add to package.json: ${field.slice(1, -1)}`]),
    ...problems.map(problemLine),
  ].join("\n");
}

function problemLine(problem: string): string {
  return `${styled("red", "Problem:")} ${problem}`;
}

function counted(functions: number): string {
  return functions === 1 ? "1 function" : `${functions} functions`;
}
