import type { DispatchableRecord } from "./dispatchable.ts";
import type { Implementation } from "./realm.ts";
export function protocolOf(_record: DispatchableRecord, _args: readonly unknown[]): Implementation | undefined {
  return undefined;
}
