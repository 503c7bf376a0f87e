import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";

/** An answer of `shouldRun`: no, and why. */
export class RunRefusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** What an implementation throws to leave a call to the next backend. */
export class Deferral extends DispatchError {
  readonly reason: string;

  constructor(reason: string) {
    const advice = "implement it with { defers: true }, so that the next backend gets the call";
    super("ERR_DISPATCH_DEFERRED", `an implementation deferred its call: ${reason}; ${advice}`);
    this.reason = reason;
  }
}

/**
 * For `shouldRun`: the backend does not run this call. The same as answering with the reason itself.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` for a reason that says nothing.
 */
export function refuse(reason: string): RunRefusal {
  return new RunRefusal(checked("refuse", reason));
}

/**
 * Inside an implementation that was added with `defers: true`: the backend does not run this call after all, and the
 * next one gets it. Nothing may have been changed before.
 *
 * @throws DispatchError `ERR_DISPATCH_DEFERRED` always: the dispatcher catches it. `ERR_DISPATCH_ARGUMENT` for a reason
 * that says nothing.
 */
export function defer(reason: string): never {
  throw new Deferral(checked("defer", reason));
}

function checked(name: string, reason: unknown): string {
  if (typeof reason === "string" && reason !== "") return reason;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `${name}() was given ${display(reason)}; expected why, in words`);
}
