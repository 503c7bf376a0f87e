import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./usage-error.ts";

type Config<O> = { args: string[]; options: O; allowPositionals: true };

/** The options and positional arguments of a command. */
type Parsed<O extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<typeof parseArgs<Config<O>>>;

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for what the command does not know, or more positional arguments than it takes.
 */
export function parse<const O extends NonNullable<ParseArgsConfig["options"]>>(
  command: string,
  args: readonly string[],
  options: O,
  most: number,
): Parsed<O> {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    const extra = parsed.positionals[most];
    if (extra === undefined) return parsed;
    throw new UsageError(`unexpected argument "${extra}". See: tagswitch ${command} --help`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}. See: tagswitch ${command} --help`, { cause: error });
  }
}
