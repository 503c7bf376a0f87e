import { addBlockedBackend, addDiscoveredBackend } from "../backend.ts";
import { registerLazyConverter } from "../conversion/index.ts";
import { DispatchError } from "../errors.ts";
import type { SystemRecord } from "../system-record.ts";
import { type DiscoveredBackend, installedBackends } from "./discovered-backend.ts";
import { warnOfPackage } from "./packages.ts";

export { lookAtApplicationOf } from "./packages.ts";

/**
 * Adds the backends that the application's packages have for a system. Nothing of theirs is loaded; of those that the
 * environment blocks only the names are known.
 */
export function discover(system: SystemRecord): void {
  const { backends, blocked } = installedBackends(system.name, system.environment.block);
  for (const backend of backends) add(system, backend);
  for (const { name, origin } of blocked) if (!isTaken(system, name)) addBlockedBackend(system, name, origin);
}

/** One of that name that code registered, the package's own perhaps, has been chosen by whoever ran the code. */
function isTaken({ backends }: SystemRecord, name: string): boolean {
  return [...backends.values()].some((backend) => backend.name === name);
}

function add(system: SystemRecord, { declaration, origin, functions, converters }: DiscoveredBackend): void {
  if (isTaken(system, declaration.name)) return;
  try {
    addDiscoveredBackend(system, declaration, functions, origin);
  } catch (error) {
    if (!(error instanceof DispatchError)) throw error;
    warnOfPackage(`backend "${declaration.name}" of ${origin.package} is left out: ${error.message}`);
    return;
  }
  for (const converter of converters) registerLazyConverter(converter.declaration, () => converter.load());
}
