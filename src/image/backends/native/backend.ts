import type { Backend } from "../../../index.ts";
import { system } from "../../system.ts";

/** The kernels of crates/kernels-cpu. Runs before `default` for every function that it has. */
export const native: Backend = system.registerBackend({
  name: "native",
  primary: ["tagswitch/image:Image"],
  higherPriorityThan: ["default"],
});
