// Runs a pipeline on one file after another, as it is told by the process that started it.
import { lookAtApplicationOf } from "../../discovery/index.ts";
import * as library from "../../image/index.ts";
import { type FileTask, runFile } from "./run-file.ts";

lookAtApplicationOf(process.cwd());
process.on("message", (task: FileTask) => {
  void runFile(library, task).then((outcome) => process.send?.(outcome));
});
// What an interrupt means, the one that started it decides.
process.on("SIGINT", () => {});
// Whoever started it is gone.
process.on("disconnect", () => process.exit());
