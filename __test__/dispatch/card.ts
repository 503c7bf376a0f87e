import {
  createBackendSystem,
  registerConverter,
  registerType,
  type Converter,
  type TypeIdentifier,
} from "../../src/index.ts";
import {
  type ConversionRecord,
  type ConversionRequest,
  convertValues,
  runConverted,
  runConvertedSteps,
} from "../../src/conversion/index.ts";
import { recordOf } from "../../src/dispatchable.ts";
import { resolver } from "../../src/realm.ts";
import { runSteps, runStepsAsync } from "../../src/steps.ts";

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

/** What a test asks of a converted call. */
export type CallOptions = Partial<Omit<ConversionRequest, "values" | "backend">>;

/** A system with a backend `card` for cards and converters of its own kind, under types of its own. */
export interface CardSystem {
  readonly types: { readonly host: TypeIdentifier; readonly card: TypeIdentifier };
  readonly Host: typeof Host;
  readonly Card: typeof Card;
  /** Every card made by the converter from hosts, in order. */
  readonly cards: Card[];
  readonly system: ReturnType<typeof createBackendSystem>;
  /** Gives what it is given. */
  readonly same: (value: Host | Card) => Host | Card;
  readonly request: (values: readonly unknown[], options?: CallOptions) => ConversionRequest;
  /** Converts for backend `card`, runs, converts back. */
  readonly call: (values: readonly unknown[], run: (...args: Card[]) => unknown, options?: CallOptions) => unknown;
  /** The same in an asynchronous call. */
  readonly callAsync: (
    values: readonly unknown[],
    run: (...args: Card[]) => unknown,
    options?: CallOptions,
  ) => Promise<unknown>;
}

let count = 0;

/** Registers classes, converters and a backend under names that nobody else has. */
export function cardSystem(
  up: Partial<Converter<Host, Card>> = {},
  down: Partial<Converter<Card, Host>> = {},
): CardSystem {
  const name = `cards-${count++}`;
  class OwnHost extends Host {}
  class OwnCard extends Card {}
  const [host, card] = [`${name}:Host`, `${name}:Card`] as const;
  registerType(OwnHost, host);
  registerType(OwnCard, card);
  const cards: Card[] = [];
  registerConverter<Host, Card>({
    from: host,
    to: card,
    convert({ n }) {
      const made = new OwnCard(n);
      cards.push(made);
      return made;
    },
    bytes: () => 8,
    dispose: (value) => void value.disposed++,
    ...up,
  });
  registerConverter<Card, Host>({ from: card, to: host, convert: ({ n }) => new OwnHost(n), ...down });
  const system = createBackendSystem({ name, defaultTypes: [host] });
  const same = system.dispatchable("same", { on: [0] }, (value: Host | Card): Host | Card => value);
  system.registerBackend({ name: "card", primary: [card] }).implement(same, (value) => value);
  const backend = resolver.findBackend(recordOf(same).system.id, "card");
  const request = (values: readonly unknown[], options: CallOptions = {}): ConversionRequest => ({
    function: "same",
    backend,
    values,
    mutates: [],
    copies: "allow",
    asynchronous: false,
    keepType: 0,
    log: undefined,
    ...options,
  });
  return {
    types: { host, card },
    Host: OwnHost,
    Card: OwnCard,
    cards,
    system,
    same,
    request,
    call(values, run, options) {
      const asked = request(values, options);
      const converted = runSteps(convertValues(asked));
      return runConverted(() => run(...(converted.values as Card[])), converted, asked);
    },
    async callAsync(values, run, options) {
      const asked = request(values, { ...options, asynchronous: true });
      const converted = await runStepsAsync(convertValues(asked));
      return runStepsAsync(runConvertedSteps(() => run(...(converted.values as Card[])), converted, asked));
    },
  };
}

/** What tests compare of conversion records. */
export function told(log: readonly ConversionRecord[]): string[] {
  return log.map(({ to, cached, copy }) => `${to.slice(to.indexOf(":") + 1)} ${cached ? "cached" : `copy ${copy}`}`);
}
