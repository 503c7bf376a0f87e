import { CallTable } from "./call-table.ts";
import { ask, type Candidate, decide } from "./decision.ts";
import { KindTable } from "./kind-table.ts";
import { type AnyFunction, type Signature, takes } from "./signature.ts";
import type { ValueType } from "./value-type.ts";

/** Longer calls are matched against the signatures one by one. */
const MOST_ARGUMENTS = 6;
/** How many arguments beyond its parameters a signature with a rest parameter has a table for. */
const REST_ARGUMENTS = 2;
/** How many signatures have an outcome from the start, and so a place in generated text. */
const MOST_PREPARED = 48;

/** As many signatures are asked in line. With about twenty, the table is faster. */
const MOST_CHAINED = 16;
/** How many outcomes are made for one number of arguments. Calls that come to others are searched for. */
const MOST_OUTCOMES = 256;

/** What a call does that its table has led to. `self` is its `this`. */
export type Outcome = (self: unknown, ...args: unknown[]) => unknown;

/** What stands for a function that is made later. The field is added once: the JIT takes it for a constant then. */
export interface Later {
  call?: AnyFunction;
}

/** Makes the outcome of what remains to be asked of a call. */
export type OutcomeMaker = (plan: CallPlan, count: number, candidates: readonly Candidate[]) => Outcome;

/** Calls with one number of arguments. */
export interface CountPlan {
  readonly count: number;
  readonly table: CallTable;
  /** By the number that a walk through the table ends at. The first makes out what was not known. */
  readonly outcomes: Outcome[];
  /** The signatures of the outcomes from 1 on, for calls that certainly match them. */
  readonly prepared: readonly Signature[];
}

/** How a typed function finds the signature of a call. */
export class CallPlan {
  readonly signatures: readonly Signature[];
  /** The numbers of arguments that calls are planned for; others are searched for. */
  readonly counts: ReadonlySet<number>;
  readonly #types: ReadonlySet<ValueType>;
  readonly #makeOutcome: OutcomeMaker;
  readonly #onMismatch: (args: unknown[]) => unknown;
  readonly #plans = new Map<number, CountPlan>();
  /** Numbers of outcomes, by what there is to ask. */
  readonly #known = new Map<string, number>();
  #kinds: KindTable | undefined;

  /** @param signatures in order of precedence. */
  constructor(signatures: readonly Signature[], onMismatch: (args: unknown[]) => unknown, makeOutcome: OutcomeMaker) {
    this.signatures = signatures;
    this.#onMismatch = onMismatch;
    this.#makeOutcome = makeOutcome;
    this.#types = new Set(signatures.flatMap(({ params }) => params.flatMap((param) => param.types)).map(typeOf));
    const counts = new Set(signatures.flatMap(({ params }) => countsOf(params)));
    this.counts = new Set([...counts].toSorted((a, b) => a - b));
  }

  /** A call whose arguments are matched against one signature after the other. */
  readonly search: Outcome = (self, ...args) => {
    const signature = this.signatures.find(({ test }) => test(args));
    return signature === undefined ? this.#onMismatch(args) : signature.implementation.apply(self, args);
  };

  /** What a call does that matches nothing. */
  readonly mismatch: (...args: unknown[]) => unknown = (...args) => this.#onMismatch(args);

  get kinds(): KindTable {
    this.#kinds ??= new KindTable([...this.#types], (width) => {
      for (const { table } of this.#plans.values()) table.reset(width);
    });
    return this.#kinds;
  }

  /** The signatures to ask one after the other, where they are so few that nothing else is faster. */
  chain(count: number): Candidate[] | undefined {
    const candidates = ask(this.signatures, count);
    // A type by identifier is asked across the dispatcher, which the table spares most calls.
    const isCheap = [...this.#types].every(({ decider }) => decider !== "identifier");
    return isCheap && candidates.length <= MOST_CHAINED ? candidates : undefined;
  }

  /** The plan for one of the {@link counts}. */
  countPlan(count: number): CountPlan {
    let plan = this.#plans.get(count);
    if (plan === undefined) {
      plan = this.#createPlan(count);
      this.#plans.set(count, plan);
    }
    return plan;
  }

  #createPlan(count: number): CountPlan {
    const table = new CallTable(this.kinds.byTag.width);
    const learn: Outcome = (self, ...args) => this.#learn(plan, args)(self, ...args);
    const prepared = this.signatures.filter(({ params }) => takes(params, count)).slice(0, MOST_PREPARED);
    const plan: CountPlan = { count, table, outcomes: [learn], prepared };
    for (const signature of prepared) {
      const number = plan.outcomes.push((self, ...args) => signature.implementation.apply(self, args)) - 1;
      this.#known.set(`${count}:${describe({ index: this.signatures.indexOf(signature), questions: [] })}`, number);
    }
    plan.outcomes.push(this.search);
    return plan;
  }

  /** Finds out, and notes, what calls with arguments of these kinds come to. */
  #learn({ count, table, outcomes, prepared }: CountPlan, args: readonly unknown[]): Outcome {
    const numbers = args.map((value) => this.kinds.kindOf(value));
    const candidates = decide(
      this.signatures,
      numbers.map((number) => this.kinds.kinds[number]!),
    );
    const key = `${count}:${candidates.map(describe).join(";")}`;
    let outcome = this.#known.get(key);
    if (outcome === undefined) {
      const isFull = outcomes.length >= MOST_OUTCOMES;
      // After the prepared ones comes the search.
      outcome = isFull ? prepared.length + 1 : outcomes.push(this.#makeOutcome(this, count, candidates)) - 1;
      if (!isFull) this.#known.set(key, outcome);
    }
    table.set(numbers, outcome);
    return outcomes[outcome]!;
  }
}

function countsOf(params: Signature["params"]): number[] {
  const counts = Array.from({ length: REST_ARGUMENTS + 1 }, (_, i) => params.length + i);
  return counts.filter((count) => takes(params, count) && count > 0 && count <= MOST_ARGUMENTS);
}

function typeOf({ type }: { type: ValueType }): ValueType {
  return type;
}

function describe({ index, questions }: Candidate): string {
  return `${index}?${questions.map(({ at, types }) => `${at}:${types.map(({ name }) => name).join("|")}`).join()}`;
}
