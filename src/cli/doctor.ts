import { type Diagnosis, diagnose } from "../inspection/index.ts";
import { parse } from "./arguments.ts";
import { print, styled, table } from "./terminal.ts";

const HELP = `Usage: tagswitch doctor [folder] [options]

Says what dispatch finds in the application of this folder (default: here), and what is wrong: this installation, the
packages with backends, what the environment says, broken manifests, missing files, misspelt names. Imports the
libraries, whose functions and types are known then; backends are not loaded.

Options:
      --no-load   import nothing, read JSON files only: names are compared with those in other packages' manifests
      --json      print JSON instead of tables
  -h, --help      this text

Exit code: 0 if all is well, 1 if there is a problem.
`;

const OPTIONS = {
  "no-load": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch doctor`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse("doctor", args, OPTIONS, 1);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const diagnosis = await diagnose(positionals[0] ?? ".", { load: values["no-load"] !== true });
  print(diagnosis, { json: values.json === true, text: report });
  return diagnosis.problems.length === 0 ? 0 : 1;
}

function report({ installation, application, backends, environment, problems }: Diagnosis): string {
  const { node, version, folder, platform, addon } = installation;
  const facts = [
    ["Node", node],
    ["tagswitch", `${version} in ${folder}`],
    ["addon", addon ?? `none for ${platform}`],
    ["application", application === undefined ? "none found" : `${application.name} in ${application.folder}`],
  ];
  const width = Math.max(...facts.map(([name = ""]) => name.length));
  const rows = backends.map((backend) => [
    backend.system,
    backend.name,
    `${backend.package} ${backend.version}`,
    backend.endorsed ? "yes" : "",
    backend.state === "found" ? styled("green", "found") : styled("yellow", backend.state),
  ]);
  return [
    facts.map(([name = "", value = ""]) => `${styled("bold", name.padEnd(width))}  ${value}`).join("\n"),
    backends.length === 0
      ? "No package of the application has a backend."
      : table(["system", "backend", "package", "endorsed", "state"], rows),
    ...(environment.length === 0
      ? []
      : [
          table(
            ["variable", "value", "understood as"],
            environment.map(({ name, value, meaning }) => [name, value, meaning]),
          ),
        ]),
    problems.length === 0
      ? styled("green", "No problems.")
      : problems.map((problem) => `${styled("red", "Problem:")} ${problem}`).join("\n"),
  ].join("\n\n");
}
