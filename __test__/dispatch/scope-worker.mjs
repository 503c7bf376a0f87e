// A worker thread that answers each message by who runs a call there; "scoped" opens a scope for it, "globally" chooses
// for all.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { geometry, Point } = await import("./library.ts");
const { system, who } = geometry();
const ask = () => who(new Point(0));
parentPort.on("message", (message) => {
  if (message === "globally") system.backend.globally("device");
  parentPort.postMessage(message === "scoped" ? system.backend("device", ask) : ask());
});
