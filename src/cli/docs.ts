import { inspect } from "node:util";
import { type DeclaredOption, type FunctionView, viewFunction } from "../inspection/index.ts";
import { parse } from "./arguments.ts";
import { origin, runs } from "./implementation-cell.ts";
import { orUsageError, print, styled, table } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const HELP = `Usage: tagswitch docs <function> [options]

Shows what a dispatchable function does, its options, who implements it, and the options that backends add to it. Imports the
libraries that the application here depends on; backends of other packages are not loaded.

Options:
      --system NAME   look in this system only, such as tagswitch/image
      --json          print JSON instead of text
  -h, --help          this text
`;

const OPTIONS = {
  system: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch docs`. */
export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse("docs", args, OPTIONS, 1);
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const [name] = positionals;
  if (name === undefined) throw new UsageError("docs of what? Give a function. See: tagswitch docs --help");
  print(await orUsageError(viewFunction(".", name, values.system)), { json: values.json === true, text: report });
}

function report(view: FunctionView): string {
  const { system, name, description, signature, backends, options: own, declaredOptions } = view;
  const added = backends.flatMap(({ backend, options }) =>
    Object.entries(options).map(([option, { description: text, ...rest }]) => [
      option,
      backend,
      text,
      "default" in rest ? inspect(rest.default) : "",
    ]),
  );
  return [
    `${styled("bold", name)} of ${system}`,
    ...(signature === undefined ? [] : [signature]),
    ...(description === undefined ? [] : [`\n${description}\n`]),
    ...(own.length === 0
      ? []
      : [`Options:\n${own.map((option) => optionText(option, declaredOptions[option])).join("\n")}\n`]),
    table(
      ["backend", "runs", "from"],
      backends.map((one) => [one.backend, runs(one), origin({ name: one.backend, origin: one.origin })]),
    ),
    ...(added.length === 0 ? [] : [table(["option", "known to", "what it is", "default"], added)]),
  ].join("\n");
}

function optionText(name: string, declared: DeclaredOption | undefined): string {
  const option = `  ${styled("bold", name)}`;
  return declared === undefined ? option : `${option}: ${declared.type}\n      ${declared.description}`;
}
