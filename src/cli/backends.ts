import { type SystemView, viewSystems } from "../inspection/index.ts";
import { parse } from "./arguments.ts";
import { origin, runs } from "./implementation-cell.ts";
import { orUsageError, print, styled, table } from "./terminal.ts";

const HELP = `Usage: tagswitch backends [system] [options]

Shows who implements what: a table of functions and backends for a system, such as tagswitch/image, or for all that the
application here depends on. Imports the libraries; backends of other packages are not loaded.

Options:
      --json   print JSON instead of tables
  -h, --help   this text
`;

const OPTIONS = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** `tagswitch backends`. */
export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse("backends", args, OPTIONS, 1);
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const views = await orUsageError(viewSystems(".", positionals[0]));
  print(views, { json: values.json === true, text: (all) => all.map(report).join("\n\n") });
}

function report({ name, backends: all, functions, unknownFunctions, blocked }: SystemView): string {
  const backends = all.filter((backend) => !blocked.includes(backend.name));
  const rows = functions.map((fn) => [
    fn.name,
    ...backends.map(({ name: backend }) => {
      const implementation = fn.backends.find((one) => one.backend === backend);
      return implementation === undefined ? "" : runs(implementation);
    }),
  ]);
  const about = backends.map((backend) => [
    backend.name,
    origin(backend),
    backend.optIn ? "only where it is put first" : "",
  ]);
  return [
    styled(
      "bold",
      `${name}: ${functions.length} functions, ${backends.length} backends in the order in which they are tried`,
    ),
    table(["function", ...backends.map((backend) => backend.name)], rows),
    table(["backend", "from", "runs"], about),
    ...(blocked.length === 0 ? [] : [`Blocked by the environment: ${blocked.join(", ")}`]),
    ...unknownFunctions.map(
      (fn) => `The library has no ${fn.name}, which ${fn.backends.join(" and ")} would implement`,
    ),
  ].join("\n");
}
