import { addDiscoveredBackend } from "../backend.ts";
import { registerLazyConverter } from "../conversion/index.ts";
import { DispatchError } from "../errors.ts";
import type { SystemRecord } from "../system-record.ts";
import type { DiscoveredBackend } from "./discovered-backend.ts";
import { installedBackends } from "./installed-backends.ts";
import { warn } from "./warning.ts";

export { lookAtApplicationOf } from "./packages.ts";

/** Adds the backends that the application's packages have for a system. Nothing of theirs is loaded. */
export function discover(system: SystemRecord): void {
  for (const backend of installedBackends(system.name, system.environment.block)) add(system, backend);
}

function add(system: SystemRecord, { declaration, functions, converters }: DiscoveredBackend): void {
  const { name, version } = declaration.package;
  try {
    addDiscoveredBackend(system, declaration, functions, { ...declaration, package: name, version });
  } catch (error) {
    if (!(error instanceof DispatchError)) throw error;
    warn(`backend "${declaration.name}" of ${name} is left out: ${error.message}`);
    return;
  }
  for (const converter of converters) registerLazyConverter(converter, () => converter);
}
