import { version } from "./version.ts";
import { UsageError } from "./usage-error.ts";

const HELP = `Usage: tagswitch <command> [options]

Commands:
  show       show an image file in the terminal, and say what is in it
  run        run functions of the image library on files
  doctor     say what dispatch finds in an application, and what is wrong
  backends   show who implements what
  docs       show what a function does, who implements it, and the options that backends add
  manifest   write or check the manifests of a package with backends
  verify     run libraries' tests through the backends of a package
  gpu        show the GPU that images are computed on, and what its engine holds
  bench      measure what dispatch costs on this machine, or what kernels take on its GPU

Options:
  -h, --help      this text; after a command, the command's
  -v, --version   the version of the package
`;

interface Command {
  /** The exit code; 0 where it has no word of it. */
  run(args: readonly string[]): Promise<number | void>;
}

// Loaded when asked for: no command waits for another's imports.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  show: () => import("./show.ts"),
  run: () => import("./run.ts"),
  doctor: () => import("./doctor.ts"),
  backends: () => import("./backends.ts"),
  docs: () => import("./docs.ts"),
  manifest: () => import("./manifest.ts"),
  verify: () => import("./verify.ts"),
  gpu: () => import("./gpu.ts"),
  bench: () => import("./bench.ts"),
};

/**
 * Runs a command line.
 *
 * @param args what follows the program's name.
 * @returns the exit code: 0, 1 where a command found what it looks for wrong, or 2 for a command line that makes no
 * sense. Other failures are thrown.
 */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === "-v" || name === "--version") {
      process.stdout.write(`${version()}\n`);
    } else if (name === "-h" || name === "--help" || name === "help") {
      process.stdout.write(HELP);
    } else {
      return (await (await commandNamed(name)).run(rest)) ?? 0;
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`tagswitch: ${error.message}\n`);
    return 2;
  }
}

async function commandNamed(name: string | undefined): Promise<Command> {
  if (name === undefined) throw new UsageError(`no command given\n\n${HELP}`);
  const known = Object.keys(COMMANDS);
  if (!known.includes(name)) {
    throw new UsageError(`unknown command "${name}"; there is: ${known.join(", ")}. See: tagswitch --help`);
  }
  return COMMANDS[name]!();
}
