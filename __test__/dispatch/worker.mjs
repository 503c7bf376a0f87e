// A worker thread that interns a type, then calls a dispatchable without end.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { addon } = await import("../../src/addon.ts");
const { geometry, Point } = await import("./library.ts");
const { who } = geometry();
addon.internType("realms:Other");
who(new Point(0));
parentPort.postMessage(addon.internType("realms:Shared"));
for (;;) who(new Point(0));
