import { findBackend } from "./backend-record.ts";
import { type FunctionOf, recordOf } from "./dispatchable.ts";
import { bareImplementation } from "./implementation.ts";
import { keepLoaded } from "./loaded-implementation.ts";
import { resolutionOf } from "./call.ts";
import { chooseAs } from "./resolution.ts";
import { activeConfig } from "./scope.ts";
import { type Class, tagOfType } from "./type-identifier.ts";

const TAKES = "invoke takes a backend's name, a type identifier or a class";

/**
 * A dispatchable as one backend runs it, or as it runs for one type whatever the arguments are.
 *
 * `invoke(gaussian, "wgpu")(image)` is `gaussian(image, { backend: "wgpu" })` for functions without options;
 * `invoke(gaussian, "tagswitch/image:Image")` and `invoke(gaussian, Image)` choose as for that type.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`, `ERR_DISPATCH_UNKNOWN_BACKEND`.
 */
export function invoke<F extends (...args: never[]) => unknown>(fn: F, typeOrBackend: string | Class): FunctionOf<F> {
  const record = recordOf(fn);
  const backend =
    typeof typeOrBackend === "string" && !typeOrBackend.includes(":")
      ? findBackend(record.system, typeOrBackend)
      : undefined;
  const tag = backend === undefined ? tagOfType(typeOrBackend, TAKES) : 0;
  if (!record.system.environment.dispatch) return fn as FunctionOf<F>;
  const invoked = function (this: unknown, ...given: unknown[]): unknown {
    const args = record.method === undefined ? given : [this, ...given];
    if (!record.system.discovered) record.system.discover();
    const resolution =
      backend === undefined
        ? { config: activeConfig(), tags: [tag], isInvoked: true }
        : resolutionOf(record, args, backend);
    return chooseAs(record, resolution, args)(...args);
  };
  return invoked as unknown as FunctionOf<F>;
}

/**
 * One backend's own implementation of a dispatchable: no dispatch, no conversion. What a manifest names is loaded for it.
 * `undefined` when it has none, or an asynchronous one only.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`, `ERR_DISPATCH_UNKNOWN_BACKEND`, `ERR_DISPATCH_LOAD`.
 */
export function getImplementation<F extends (...args: never[]) => unknown>(
  fn: F,
  backend: string,
): FunctionOf<F> | undefined {
  const record = recordOf(fn);
  const found = record.system.backends.get(findBackend(record.system, backend))!;
  const implementation = record.implementations.get(found.id);
  if (implementation?.forms.sync !== true) return undefined;
  if (implementation.source !== undefined) {
    keepLoaded(record, found, implementation, implementation.source.load());
  }
  return bareImplementation(implementation.run!) as unknown as FunctionOf<F>;
}
