import type { FunctionOf } from "./dispatchable.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { activeBlock, activeScope, enterScope, type Implementation, runInScope } from "./realm.ts";
import { type ActiveScope, activeConfig, replaceRoot, rootConfig, type ScopeConfig, scopeOf } from "./scope.ts";
import { type BackendChoice, changeOf, checkChoice, keyOf } from "./scope-choice.ts";
import type { SystemRecord } from "./system-record.ts";
import { warn } from "./warning.ts";

/** How users choose among the backends of one system. A scope holds for the calls of that system only. */
export interface BackendScope {
  /**
   * Runs `body` with the named backends first, in that order, or with the given options. The scope holds for all
   * asynchronous work that `body` starts, and for nothing else. Arguments are converted to a prioritized backend's
   * types, and results back.
   *
   * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`, `ERR_DISPATCH_UNKNOWN_FUNCTION`, `ERR_DISPATCH_ARGUMENT`.
   */
  <R>(choice: BackendChoice, body: () => R): R;
  /**
   * Enters a scope that is left where its block ends: `using _ = backend("a");`.
   *
   * For synchronous blocks: where an asynchronous function enters a scope so, its caller is in it too. Leaving scopes
   * in another order than the reverse one is an error, `ERR_DISPATCH_SCOPE`, and changes nothing; leaving one twice is
   * none.
   */
  (choice: BackendChoice): Disposable;
  /**
   * A function like `fn` that always runs in this scope inside the one that is active now, wherever it is called.
   */
  wrap<F extends (...args: never[]) => unknown>(choice: BackendChoice, fn: F): FunctionOf<F>;
  /**
   * Sets what holds outside all scopes: for the main program, which may do so once. A worker thread has its own.
   *
   * @throws DispatchError `ERR_DISPATCH_DUPLICATE` the second time.
   */
  globally(choice: BackendChoice): void;
}

/** Makes the `backend` function of a system. */
export function backendScope(system: SystemRecord): BackendScope {
  let isGlobal = false;
  const backend = (choice: BackendChoice, ...rest: (() => unknown)[]): unknown => {
    if (rest.length === 0) return new OpenScope(innerConfig(activeConfig(), system, choice));
    const body = checkFunction("a scope takes a function to run in it", rest[0]);
    return runInScope(scopeOf(innerConfig(activeConfig(), system, choice)), body);
  };
  const wrap = (choice: BackendChoice, given: Implementation): Implementation => {
    const fn = checkFunction("backend.wrap takes a function", given);
    const config = innerConfig(activeConfig(), system, choice);
    const wrapped = function (this: unknown, ...args: unknown[]): unknown {
      return runInScope(scopeOf(config), () => fn.apply(this, args));
    };
    Object.defineProperty(wrapped, "name", { value: fn.name, configurable: true });
    Object.defineProperty(wrapped, "length", { value: fn.length, configurable: true });
    return wrapped;
  };
  const globally = (choice: BackendChoice): void => {
    if (isGlobal) {
      const message = `backend.globally was called for ${system.name} already; it is for the main program, once`;
      throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
    }
    replaceRoot(innerConfig(rootConfig(), system, choice));
    isGlobal = true;
  };
  return Object.assign(backend, { wrap, globally }) as unknown as BackendScope;
}

/** A scope that was entered, to be left. */
class OpenScope implements Disposable {
  readonly #scope: ActiveScope;
  readonly #outer: ActiveScope | undefined;
  readonly #outerBlock: object | undefined;
  readonly #turn = currentTurn();
  #left = false;

  constructor(config: ScopeConfig) {
    this.#outer = activeScope();
    this.#outerBlock = activeBlock();
    this.#scope = scopeOf(config);
    enterScope(this.#scope, this);
  }

  [Symbol.dispose](): void {
    if (this.#left) return;
    if (activeBlock() !== this || activeScope() !== this.#scope) {
      const message =
        "a scope is left where another one is active; leave scopes in the reverse order, where they were entered";
      throw new DispatchError("ERR_DISPATCH_SCOPE", message);
    }
    this.#left = true;
    enterScope(this.#outer, this.#outerBlock);
    if (this.#turn !== turn) warnOfLateEnd();
  }
}

// Counts stretches of code without an await between, as far as somebody entered a scope in them.
let turn = 0;
let turnEnds = false;
let warned = false;

function currentTurn(): number {
  if (!turnEnds) {
    turnEnds = true;
    queueMicrotask(() => {
      turn++;
      turnEnds = false;
    });
  }
  return turn;
}

function warnOfLateEnd(): void {
  if (warned) return;
  warned = true;
  const message =
    "a scope that `using` entered was left after an await: whoever called that asynchronous function " +
    "is in the scope, too; run its body by backend(choice, body) instead";
  warn("TAGSWITCH_SCOPE", message);
}

function innerConfig(outer: ScopeConfig, system: SystemRecord, choice: BackendChoice): ScopeConfig {
  if (typeof choice === "string") return outer.inner(system.id, choice, () => changeOf(system, checkChoice(choice)));
  const checked = checkChoice(choice);
  return outer.inner(system.id, keyOf(system, checked), () => changeOf(system, checked));
}

function checkFunction(expected: string, given: unknown): Implementation {
  if (typeof given === "function") return given as Implementation;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `${expected}; it was given ${display(given)}`);
}
