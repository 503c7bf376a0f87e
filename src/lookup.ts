import type { addon } from "./addon.ts";
import { recordOf } from "./dispatchable.ts";
import { type Implementation, realm, resolver, resolveSlot } from "./realm.ts";

/**
 * The resolver behind a dispatchable, to be asked across Node-API. Calls do so only where the table is silent;
 * this is for measuring what each of them would cost if all did.
 *
 * An implementation is found by `implementations[resolve(dispatchable, 0, ...tags)]`; the tag of a value is its
 * property `Symbol.for("tagswitch.tag")`.
 */
export interface Lookup {
  /** The number of the dispatchable. */
  readonly dispatchable: number;
  /** Implementations by slot: of those combinations of types that a call came with before. */
  readonly implementations: readonly (Implementation | undefined)[];
  /** The slot of a call outside scopes (scope 0), by a raw Node-API callback. */
  readonly resolve: (dispatchable: number, scope: number, ...tags: number[]) => number;
  /** The same by a method that napi-rs generates. */
  readonly resolver: Pick<InstanceType<typeof addon.Resolver>, "resolve">;
}

// Not the resolver itself: the addon writes into its table, which nobody else may replace.
const asked: Lookup["resolver"] = {
  resolve: (dispatchable, scope, tags) => resolver.resolve(dispatchable, scope, tags),
};

/**
 * The resolver behind a dispatchable.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `fn` is no dispatchable.
 */
export function lookup(fn: (...args: never[]) => unknown): Lookup {
  const { id, state } = recordOf(fn);
  return { dispatchable: id, implementations: state.implementations, resolve: resolveSlot, resolver: asked };
}

/** The bytes of the table from which calls read: in use, and set aside (the system gives memory as it is used). */
export function tableBytes(): { used: number; reserved: number } {
  return { used: resolver.tableBytes, reserved: realm.table.byteLength };
}
