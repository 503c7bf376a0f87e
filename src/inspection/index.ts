export type { DeclaredOption } from "./declaration.ts";
export { diagnose, type DiagnosedBackend, type Diagnosis } from "./diagnosis.ts";
export { SystemNotLoadedError } from "./loaded-system.ts";
export { checkManifests, type ManifestsVerdict } from "./manifest-verdict.ts";
export {
  type BackendPackage,
  backendPackage,
  manifestsOfModule,
  type PackageManifest,
  writeManifest,
} from "./package-manifests.ts";
export { type FunctionView, type SystemView, viewFunction, viewSystems } from "./system-view.ts";
