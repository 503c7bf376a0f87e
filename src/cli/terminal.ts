import { styleText } from "node:util";
import { SystemNotLoadedError } from "../inspection/index.ts";
import { layOut } from "../table.ts";
import { UsageError } from "./usage-error.ts";

/** What a word is printed in, on a terminal that shows colours. */
type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** A text in a style, on a terminal; elsewhere, or with `NO_COLOR` set, as it is. */
export function styled(style: Style, text: string): string {
  const shows = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
  return shows ? styleText(style, text) : text;
}

/** Lays out rows of cells under a head. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return layOut(
    head.map((name) => styled("bold", name)),
    rows,
  );
}

/** Prints a value as JSON, or a text made of it. */
export function print<T>(value: T, options: { json: boolean; text: (value: T) => string }): void {
  process.stdout.write(`${options.json ? JSON.stringify(value, null, 2) : options.text(value)}\n`);
}

/** Makes a mistake in names that the user gave one of the command line. */
export async function orUsageError<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof SystemNotLoadedError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
