import { UsageError } from "../usage-error.ts";
import { isReference, type Step, type Value } from "./step.ts";

const TARGET = /^(.*)@(\d+)$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const REFERENCE = /^@(\d+)$/;
const OPTION = /^([A-Za-z]\w*)=(.*)$/s;
/** What is text without quotes: nothing that could be meant as something else. */
const WORD = /^[A-Za-z][^\s"'[\]{}@,]*$/;
const CLOSERS: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/**
 * Reads a step from the command line: `filters.gaussian:sigma=2,mode=nearest`, `util.greater:@4`, `transform.resize:[300,400]`,
 * `segmentation.markBoundaries@0:@5`.
 *
 * Values are numbers, `true`, `false`, `null`, words, lists of these in brackets, `@2` for what step 2 gave, or JSON.
 * `@0` after the name is what the function works on, where that is not to be the last image.
 *
 * @throws UsageError for what cannot be read so.
 */
export function readStep(text: string): Step {
  const colon = text.indexOf(":");
  const head = colon === -1 ? text : text.slice(0, colon);
  const [, name = head, on] = TARGET.exec(head) ?? [];
  const positional: Value[] = [];
  const options: Record<string, Value> = {};
  for (const item of colon === -1 ? [] : itemsOf(text.slice(colon + 1), text)) {
    const [, option, value] = OPTION.exec(item.trim()) ?? [];
    if (option === undefined) positional.push(readValue(item, text));
    else if (Object.hasOwn(options, option)) throw new UsageError(`step "${text}" gives ${option} twice`);
    else options[option] = readValue(value!, text);
  }
  return { function: name, ...(on !== undefined && { on: Number(on) }), arguments: positional, options };
}

/** A step as {@link readStep} reads it. */
export function writeStep({ function: name, on, arguments: positional, options }: Step): string {
  const named = Object.entries(options).map(([option, value]) => `${option}=${writeValue(value)}`);
  const items = [...positional.map(writeValue), ...named];
  return `${name}${on === undefined ? "" : `@${on}`}${items.length === 0 ? "" : `:${items.join(",")}`}`;
}

function writeValue(value: Value): string {
  if (isReference(value)) return `@${value.step}`;
  if (Array.isArray(value)) return `[${value.map(writeValue).join(",")}]`;
  const isWord =
    typeof value === "string" && WORD.test(value) && !/^(true|false|null)$/.test(value) && !OPTION.test(value);
  return isWord ? value : JSON.stringify(value);
}

function readValue(given: string, step: string): Value {
  const text = given.trim();
  if (NUMBER.test(text)) return Number(text);
  const [, number] = REFERENCE.exec(text) ?? [];
  if (number !== undefined) return { step: Number(number) };
  if (text.startsWith("[") && text.endsWith("]")) {
    const inner = text.slice(1, -1);
    return inner.trim() === "" ? [] : itemsOf(inner, step).map((item) => readValue(item, step));
  }
  try {
    return JSON.parse(text) as Value;
  } catch {
    if (WORD.test(text)) return text;
    const expected = "a number, true, false, null, a word, a list such as [3,5], @2 for what step 2 gave, or JSON";
    throw new UsageError(`step "${step}" has the value "${text}"; expected ${expected}`);
  }
}

/** Parts between the commas that are in no brackets or quotes. */
function itemsOf(text: string, step: string): string[] {
  const items = [""];
  const open: string[] = [];
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[^]/g) ?? []) {
    if (token === "," && open.length === 0) {
      items.push("");
      continue;
    }
    if (token in CLOSERS) open.push(CLOSERS[token]!);
    else if ((token === "]" || token === "}") && open.pop() !== token) throw unbalanced(step);
    items[items.length - 1] += token;
  }
  if (open.length > 0) throw unbalanced(step);
  return items;
}

function unbalanced(step: string): UsageError {
  return new UsageError(`step "${step}" has a bracket too many or too few`);
}
