// placeholder until the dispatcher lands
export const dispatchable = <F extends (...args: never[]) => unknown>(_name: string, _config: { on: number[]; options?: number }, fn: F): F => fn;
/** Options that every dispatchable of the library takes. */
export interface DispatchOptions {
  /** Run this backend, and no other, for this call. */
  backend?: string;
}
