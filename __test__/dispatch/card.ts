import {
  type BackendSystem,
  type ConversionRecord,
  type Converter,
  createBackendSystem,
  explain,
  registerConverter,
  registerType,
  type ScopeOptions,
  trace,
  type TypeIdentifier,
} from "../../src/index.ts";

/** A value in main memory. */
export class Host {
  n: number;
  constructor(n: number) {
    this.n = n;
  }
}

/** The same on a card, where it has to be freed. */
export class Card {
  n: number;
  disposed = 0;
  constructor(n: number) {
    this.n = n;
  }
}

type Implementation = (...args: Card[]) => unknown;

/** What a test asks of a call. */
export interface CallOptions {
  /** Whether the call changes its arguments. */
  readonly mutates?: boolean;
  readonly copies?: NonNullable<ScopeOptions["copies"]>;
  /** The scope's type. */
  readonly type?: TypeIdentifier;
  readonly signal?: AbortSignal;
  /** Where the conversions go; without it the call is not traced. */
  readonly log?: ConversionRecord[];
}

/** A system of two types that is for one test alone: `default` runs on hosts, backend `card` on cards. */
export interface CardSystem {
  readonly types: { readonly host: TypeIdentifier; readonly card: TypeIdentifier };
  readonly Host: typeof Host;
  readonly Card: typeof Card;
  /** Every card that the converter from hosts made, in order. */
  readonly cards: Card[];
  readonly system: BackendSystem;
  /** Runs `run` on up to two cards by backend `card` and no other. */
  readonly call: (values: readonly unknown[], run: Implementation, options?: CallOptions) => unknown;
  /** The same by an asynchronous call. */
  readonly callAsync: (values: readonly unknown[], run: Implementation, options?: CallOptions) => Promise<unknown>;
  /** Why backend `card` would not run such a call; the empty string if it would. */
  readonly refusal: (values: readonly unknown[], options?: CallOptions) => string;
  /** A call that changes a host where it is, whatever the scope. */
  readonly touch: (host: Host) => void;
}

let count = 0;

/** Registers types and converters under names that nobody else has; members given replace those of the converters. */
export function cardSystem(
  up: Partial<Converter<Host, Card>> = {},
  down: Partial<Converter<Card, Host>> = {},
): CardSystem {
  const name = `cards-${count++}`;
  class OwnHost extends Host {}
  class OwnCard extends Card {}
  const types = { host: `${name}:Host`, card: `${name}:Card` } as const;
  registerType(OwnHost, types.host);
  registerType(OwnCard, types.card);
  const cards: Card[] = [];
  registerConverter<Host, Card>({
    from: types.host,
    to: types.card,
    convert({ n }) {
      const made = new OwnCard(n);
      cards.push(made);
      return made;
    },
    bytes: () => 8,
    dispose: (card) => void card.disposed++,
    ...up,
  });
  registerConverter<Card, Host>({ from: types.card, to: types.host, convert: ({ n }) => new OwnHost(n), ...down });
  const system = createBackendSystem({ name, defaultTypes: [types.host] });
  const backend = system.registerBackend({ name: "card", primary: [types.card] });
  type Call = (
    a: unknown,
    b: unknown,
    run: Implementation,
    options?: { signal?: AbortSignal; backend?: string },
  ) => unknown;
  const dispatchable = (functionName: string, mutates: readonly number[]) => {
    const onHosts: Call = () => "default";
    const made = system.dispatchable(functionName, { on: [0, 1], options: 3, mutates }, onHosts);
    backend.implement(made, (a, b, run) => run(a as Card, b as Card));
    return made;
  };
  const [same, change] = [dispatchable("same", []), dispatchable("change", [0, 1])];
  const functionFor = ({ mutates = false }: CallOptions): typeof same => (mutates ? change : same);
  const scope = ({ copies, type }: CallOptions): ScopeOptions => ({
    exclusive: "card",
    ...(copies && { copies }),
    ...(type && { type }),
  });
  return {
    types,
    Host: OwnHost,
    Card: OwnCard,
    cards,
    system,
    call([a, b], run, options = {}) {
      const body = (): unknown => system.backend(scope(options), () => functionFor(options)(a, b, run));
      if (options.log === undefined) return body();
      const { result, calls } = trace(body);
      options.log.push(...calls[0]!.conversions);
      return result;
    },
    async callAsync([a, b], run, options = {}) {
      const { signal, log } = options;
      const given = signal && { signal };
      const body = async (): Promise<unknown> =>
        system.backend(scope(options), () => functionFor(options).async(a, b, run, given));
      if (log === undefined) return body();
      const { result, calls } = await trace(body);
      log.push(...calls[0]!.conversions);
      return result;
    },
    refusal([a, b], options = {}) {
      const { considered } = system.backend(scope(options), () => explain(functionFor(options), a, b, () => undefined));
      return considered.find((one) => one.backend === "card" && one.verdict === "refused")?.reason ?? "";
    },
    touch: (host) => void change(host, undefined, () => undefined, { backend: "default" }),
  };
}

/** What tests compare of conversion records. */
export function told(log: readonly ConversionRecord[]): string[] {
  return log.map(({ to, cached, copy }) => `${to.slice(to.indexOf(":") + 1)} ${cached ? "cached" : `copy ${copy}`}`);
}
