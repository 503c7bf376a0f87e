// Recorded answers again, by kernels off the event loop.
import { conformance, OPERATIONS, TOLERANCES } from "./conformance.ts";
import { NATIVE_REFUSALS } from "./native-refusals.ts";

type Asynchronous = Readonly<Record<string, { async: (...args: unknown[]) => Promise<unknown> }>>;

conformance(
  "native, asynchronous",
  (operation, args) => {
    const options = args.at(-1) as object;
    const { async: run } = (OPERATIONS as unknown as Asynchronous)[operation]!;
    return run(...args.slice(0, -1), { ...options, backend: "native" });
  },
  { tolerance: TOLERANCES.native, generated: false, refuses: NATIVE_REFUSALS },
);
