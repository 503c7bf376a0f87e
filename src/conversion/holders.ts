import type { Steps } from "../steps.ts";

/** A list or an object among the arguments of which a copy holds what was converted. */
interface Held {
  /** The caller's. */
  readonly own: Holder;
  /** The backend's. */
  readonly copy: Holder;
  /** What the copy held at first. */
  readonly before: Holder;
}

type Holder = Record<PropertyKey, unknown>;

/** Lists and objects that a call changes and that hold arguments which are converted. */
export class Holders {
  readonly #held: Held[] = [];

  /** Notes of what the backend gets a copy. */
  add(own: object, copy: object): void {
    this.#held.push({ own: own as Holder, copy: copy as Holder, before: contentsOf(copy as Holder) });
  }

  /** The caller's, of a copy that the backend had. */
  ownOf(copy: unknown): object | undefined {
    const own = this.#held.find((held) => held.copy === copy)?.own;
    return own && (this.ownOf(own) ?? own);
  }

  /**
   * Brings what the backend did to the copies back into the caller's: elements moved, added and taken away, members set
   * and deleted. What was not changed is not touched.
   *
   * @param back gives what the caller is to have of a value.
   */
  *restore(back: (value: unknown) => Steps<unknown>): Steps<void> {
    // Where two paths lead through one object, the second copy is one of the first.
    for (const { own, copy, before } of this.#held.toReversed()) {
      for (const key of Reflect.ownKeys(before)) if (!Object.hasOwn(copy, key)) delete own[key];
      for (const [key, value] of entriesOf(copy)) {
        if (Object.hasOwn(before, key) && Object.is(before[key], value)) continue;
        own[key] = this.ownOf(value) ?? (yield* back(value));
      }
      if (Array.isArray(own) && own.length !== copy["length"]) own.length = copy["length"] as number;
    }
  }
}

function contentsOf(holder: Holder): Holder {
  return Object.fromEntries(entriesOf(holder));
}

/** A list's length is no entry: it follows from the elements. */
function entriesOf(holder: Holder): [PropertyKey, unknown][] {
  const keys = Reflect.ownKeys(holder).filter((key) => Object.prototype.propertyIsEnumerable.call(holder, key));
  return keys.map((key) => [key, holder[key]]);
}
