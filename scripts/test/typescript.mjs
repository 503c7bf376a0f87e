// `node --import ./scripts/test/typescript.mjs`: Node runs the TypeScript of this repository. Test processes start in
// half the time that tsx takes, which resolves what these sources never say.
import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);
