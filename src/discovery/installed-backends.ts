import { type DiscoveredBackends, discoveredBackends } from "./discovered-backend.ts";
import { applicationPackages } from "./packages.ts";
import { warn } from "./warning.ts";

/**
 * The backends that the application's packages have for a system. Only JSON files are read, and of blocked backends
 * none; what is wrong is left out with a warning.
 */
export function installedBackends(system: string, blocked: readonly string[]): DiscoveredBackends {
  return discoveredBackends(applicationPackages().packages, system, blocked, warn);
}
