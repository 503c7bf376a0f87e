/** The first member of an object that nothing reads: a misspelt one, as a rule. */
export function unknownMember(given: object, known: ReadonlySet<string>): string | undefined {
  for (const name of Object.keys(given)) if (!known.has(name)) return name;
  return undefined;
}

/** Lists what there is, for a message. */
export function listed(known: ReadonlySet<string>): string {
  return [...known].join(", ");
}
