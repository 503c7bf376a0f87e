import { conformance, runOn, TOLERANCES } from "./conformance.ts";
import { NATIVE_REFUSALS } from "./native-refusals.ts";

conformance("native", runOn("native"), { tolerance: TOLERANCES.native, refuses: NATIVE_REFUSALS });
