/** The first member of an object that nothing reads: a misspelt one, as a rule. */
export function unknownMember(given: object, known: ReadonlySet<string>): string | undefined {
  // Every dispatchable is checked by it: `Object.keys` would make a list each time.
  for (const name in given) if (!known.has(name) && Object.hasOwn(given, name)) return name;
  return undefined;
}

/** Lists what there is, for a message. */
export function listed(known: ReadonlySet<string>): string {
  return [...known].join(", ");
}
