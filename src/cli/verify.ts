import type { Settings, TestSuite, VerificationReport } from "../testing/index.ts";
import { parse } from "./arguments.ts";
import { clearProgress, showProgress } from "./progress.ts";
import { UsageError } from "./usage-error.ts";
import { type BackendPackage, readBackendPackage, suiteUrl } from "./verify/backend-package.ts";

const HELP = `Usage: tagswitch verify [options] [folder]

Runs the suites of libraries through the backends that the package in the folder (by default this one) declares in its
package.json, and through those that a library has itself. Prints function × verdict. A function passes only if the
backend ran it.

Options:
  -b, --backend NAME      only this backend; may be repeated
  -f, --function NAME     only this function, or group of functions; may be repeated
  -s, --set NAME=VALUE    a setting of the suite, such as tolerance=1e-4; may be repeated
      --json              print JSON (schema: docs/testing.md) instead of tables
  -h, --help              this text

Exit code: 0 if every backend passed, 1 if one did not.
`;

const OPTIONS = {
  backend: { type: "string", short: "b", multiple: true },
  function: { type: "string", short: "f", multiple: true },
  set: { type: "string", short: "s", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch verify`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse("verify", args, OPTIONS, 1);
  const { backend: backends, function: functions, set = [], json = false, help = false } = values;
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const target = readBackendPackage(positionals[0] ?? ".");
  const { lookAtApplicationOf } = await import("../discovery/index.ts");
  const { throughBackend } = await import("../testing/index.ts");
  // Its own backends are to be found, whoever else's program this is.
  lookAtApplicationOf(target.folder);
  const reports: VerificationReport[] = [];
  for (const [suite, name] of await runs(target, backends)) {
    const settings = settingsOf(suite, set);
    const onProgress = (testCase: string, done: number): void => showProgress(`${name}: ${testCase}`, done);
    const options = { settings, ...(functions && { functions }), onProgress };
    const report = await throughBackend(suite, name, options).catch(asUsageError);
    clearProgress();
    reports.push(report);
    if (!json) process.stdout.write(`${report}\n\n`);
  }
  const ok = reports.every((report) => report.ok);
  if (json) process.stdout.write(`${JSON.stringify({ schema: "tagswitch/verify/1", ok, reports }, null, 2)}\n`);
  return ok ? 0 : 1;
}

/** A function that there is not is the command line's mistake. */
function asUsageError(error: unknown): never {
  const { code, message } = error as { code?: unknown; message: string };
  throw code === "ERR_DISPATCH_ARGUMENT" ? new UsageError(message, { cause: error }) : error;
}

/** Which backends go through which suites. */
async function runs(target: BackendPackage, only: readonly string[] | undefined): Promise<[TestSuite, string][]> {
  const found: [TestSuite, string][] = [];
  for (const system of new Set([...Object.keys(target.backends), ...target.systems])) {
    const suite = await loadSuite(suiteUrl(target, system), system);
    const known = suite.system.backends;
    const declared = target.backends[system] ?? [];
    const missing = declared.find((name) => !known.includes(name) && (only === undefined || only.includes(name)));
    if (missing !== undefined) {
      throw new UsageError(
        `${target.name} declares backend "${missing}" of ${system}, which the library does not find; it has: ${known.join(", ")}`,
      );
    }
    const own = target.systems.includes(system) ? known.filter((name) => name !== "default") : [];
    for (const name of new Set([...declared, ...own])) found.push([suite, name]);
  }
  const chosen = found.filter(([, name]) => only === undefined || only.includes(name));
  const unknown = only?.find((name) => !found.some(([, each]) => each === name));
  if (unknown !== undefined || chosen.length === 0) {
    const names = [...new Set(found.map(([, name]) => name))].join(", ");
    throw new UsageError(
      `${target.name} has no backend${unknown === undefined ? "" : ` "${unknown}"`}; there is: ${names || "none"}`,
    );
  }
  return chosen;
}

async function loadSuite(url: string, system: string): Promise<TestSuite> {
  const { default: suite } = (await import(url)) as { default?: TestSuite };
  const name = (suite as Partial<TestSuite> | undefined)?.system?.name;
  if (name === system) return suite!;
  throw new UsageError(
    `${url} exports ${name === undefined ? "no suite" : `the suite of ${name}`} by default; expected that of ${system}`,
  );
}

/** Settings from the command line, of the types that the suite's have. */
function settingsOf({ settings = {} }: TestSuite, given: readonly string[]): Settings {
  const parsed = given.map((one) => {
    const [name = "", text] = one.split(/=(.*)/s);
    if (!Object.hasOwn(settings, name)) {
      const known = Object.entries(settings).map(([each, value]) => `${each}=${value}`);
      throw new UsageError(`--set ${one} is no setting of the suite; it has: ${known.join(", ") || "none"}`);
    }
    const usual = settings[name]!;
    const value = text === undefined ? undefined : readAs(usual, text);
    if (value !== undefined) return [name, value] as const;
    throw new UsageError(`--set ${one}: expected a ${typeof usual}, as in ${name}=${usual}`);
  });
  return Object.fromEntries(parsed);
}

/** A text as a value of the type of another; `undefined` where it is none. */
function readAs(usual: Settings[string], text: string): Settings[string] | undefined {
  if (typeof usual === "string") return text;
  if (typeof usual === "boolean") return { true: true, false: false }[text];
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}
