// The rules by which a call finds its backend, as slowly and plainly as they can be said. Shares nothing with what it
// is compared with.

/** A backend of the model; types are plain names. */
export interface ModelBackend {
  readonly name: string;
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly before: readonly string[];
  readonly optIn: boolean;
  /** What `shouldRun` answers; `undefined`: there is none. */
  readonly answer: true | "ifNeeded" | "no" | undefined;
  readonly implements: boolean;
}

/** A scope of the model, outermost first in a list. */
export interface ModelScope {
  readonly prioritize: readonly string[];
  readonly disable: readonly string[];
}

/** A library of the model. */
export interface Model {
  /** `default` first, then as registered. */
  readonly backends: readonly ModelBackend[];
  /** Conversions that there are. */
  readonly conversions: readonly (readonly [from: string, to: string])[];
}

/** The order of the backends where no scope says otherwise; undefined where declarations contradict one another. */
export function modelOrder({ backends }: Model): string[] | undefined {
  const edges = new Set<string>();
  const reaches = (from: string, to: string): boolean =>
    edges.has(`${from}>${to}`) || backends.some(({ name }) => edges.has(`${from}>${name}`) && reaches(name, to));
  for (const { name, before } of backends) {
    for (const other of before) {
      if (!backends.some((each) => each.name === other)) continue;
      if (other === name || reaches(other, name)) return undefined;
      edges.add(`${name}>${other}`);
    }
  }
  const specific = backends.flatMap((a) =>
    backends.filter((b) => a !== b && isSpecific(a, b)).map((b): [string, string] => [a.name, b.name]),
  );
  for (const [a, b] of specific) {
    const leadsBack = isPath({ backends, conversions: specific }, b, a);
    if (!leadsBack && !reaches(b, a)) edges.add(`${a}>${b}`);
  }
  const order: string[] = [];
  while (order.length < backends.length) {
    const next = backends.find(
      ({ name }) =>
        !order.includes(name) &&
        backends.every((other) => order.includes(other.name) || !edges.has(`${other.name}>${name}`)),
    );
    if (next === undefined) throw new Error("the model made a circle of its own");
    order.push(next.name);
  }
  return order;
}

/** The backend that runs a call, and whether by conversion; undefined where nobody does. */
export function modelRun(
  model: Model,
  order: readonly string[],
  scopes: readonly ModelScope[],
  types: readonly string[],
): { name: string; converts: boolean } | undefined {
  let prioritized: string[] = [];
  let disabled: string[] = [];
  for (const scope of scopes) {
    const first = scope.prioritize.filter((name) => !scope.disable.includes(name));
    const outer = prioritized.filter((name) => !scope.disable.includes(name));
    prioritized = [...new Set([...first, ...outer])];
    disabled = [...disabled.filter((name) => !scope.prioritize.includes(name)), ...scope.disable];
  }
  const tried = [...prioritized, ...order.filter((name) => !prioritized.includes(name))];
  const ifNeeded: { name: string; converts: boolean }[] = [];
  for (const name of tried) {
    const backend = model.backends.find((each) => each.name === name)!;
    const isFirst = prioritized.includes(name);
    if (disabled.includes(name) || !backend.implements || (backend.optIn && !isFirst)) continue;
    const known = types.filter((type) => isKnown(model, type));
    const all = new Set([...backend.primary, ...backend.secondary]);
    const matches = known.every((type) => all.has(type)) && known.some((type) => backend.primary.includes(type));
    const leads = (type: string): boolean => backend.primary.some((to) => isPath(model, type, to));
    const converts =
      !matches &&
      isFirst &&
      known.length > 0 &&
      known.every((type) => all.has(type) || leads(type)) &&
      known.some((type) => backend.primary.includes(type) || leads(type));
    if (!matches && !converts) continue;
    if (backend.answer === "no") continue;
    if (backend.answer === "ifNeeded") ifNeeded.push({ name, converts });
    else return { name, converts };
  }
  return ifNeeded[0];
}

function isKnown(model: Model, type: string): boolean {
  const named = model.backends.flatMap(({ primary, secondary }) => [...primary, ...secondary]);
  return named.includes(type) || named.some((to) => isPath(model, type, to));
}

function isPath({ conversions }: Model, from: string, to: string): boolean {
  const reached = [from];
  for (const at of reached) {
    for (const [source, target] of conversions) if (source === at && !reached.includes(target)) reached.push(target);
  }
  return reached.slice(1).includes(to);
}

/** Its primary types are some, and not all, of the types of the other. */
function isSpecific(a: ModelBackend, b: ModelBackend): boolean {
  const theirs = new Set([...b.primary, ...b.secondary]);
  return a.primary.every((type) => theirs.has(type)) && new Set(a.primary).size < theirs.size;
}
