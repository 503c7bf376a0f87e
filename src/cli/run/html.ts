/** HTML that is whole and right as it is. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML with values in it: texts and numbers are escaped, lists joined, other HTML stays. */
export function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  return new Html(parts.map((part, i) => part + (i < values.length ? shown(values[i]) : "")).join(""));
}

function shown(value: unknown): string {
  if (value instanceof Html) return String(value);
  if (Array.isArray(value)) return value.map(shown).join("");
  return String(value).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
