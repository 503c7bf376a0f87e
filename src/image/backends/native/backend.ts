import type { Backend } from "../../../index.ts";
import { system } from "../../system.ts";

/** The kernels of crates/kernels-cpu, on the calling thread. Runs before `default` for every function that it has. */
export const native: Backend = system.registerBackend({
  name: "native",
  primary: ["tagswitch/image:Image"],
  higherPriorityThan: ["default"],
});
