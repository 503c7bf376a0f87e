export interface DispatchCost {
  readonly rows: readonly string[];
}
export async function measureDispatch(): Promise<DispatchCost> {
  return { rows: [] };
}
export function dispatchReport(_cost: DispatchCost): string {
  return "soon";
}
