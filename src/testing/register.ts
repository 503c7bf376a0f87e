/**
 * `node --require tagswitch/testing/register` with `TAGSWITCH_TEST=<system>:<backend>` in the environment: puts the backend
 * first in this process and in those that it starts, before any library is loaded, and counts what it runs. The
 * system is named as it names itself: `TAGSWITCH_TEST=tagswitch/image:wgpu`.
 */
import { recordProgram } from "./program-record.ts";

const VARIABLE = "TAGSWITCH_TEST";
const given = process.env[VARIABLE] ?? "";
const [, system, backend] = /^(.+):([^:\s]+)$/.exec(given) ?? [];
if (system === undefined || backend === undefined) {
  throw new TypeError(
    `environment variable ${VARIABLE} is "${given}"; expected a system and a backend, as in library/part:backend`,
  );
}
// The library reads its own variable when it is loaded: later than this.
const variable = `${system.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_PRIORITIZE`;
const others = (process.env[variable] ?? "").split(",").filter((name) => name !== "" && name !== backend);
process.env[variable] = [backend, ...others].join(",");
recordProgram({ system, backend }, true);
