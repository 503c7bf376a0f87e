// `npm test`: sets up, runs the Rust tests and the TypeScript tests, and ends in one line: N passed, N failed.
//
// One part alone, without the set-up: npm run test:rust, npm run test:ts -- <files>.
import { exitOnSetupError, setup } from "./setup.mjs";
import { DRIVER_HINT, graphicsEnvironment, hasGraphicsDriver } from "./setup/graphics.mjs";
import { rustSuite } from "./test/rust-suite.mjs";
import { Tally } from "./test/tally.mjs";
import { typescriptSuite } from "./test/typescript-suite.mjs";

await setup({ rust: "required" }).catch(exitOnSetupError);

const env = graphicsEnvironment();
// Where results count, a GPU test that could not run is a failure.
const { CI = "" } = env;
if (!["", "0", "false"].includes(CI)) env.TAGSWITCH_REQUIRE_GPU ??= "1";

const total = new Tally("all");
for (const suite of [rustSuite, typescriptSuite]) total.add(await suite(env));

if (total.problems.length > 0) console.log(`\nFailed:\n${total.problems.map((problem) => `  ${problem}`).join("\n")}`);
if (!hasGraphicsDriver()) console.log(`\nGPU tests could not run: ${DRIVER_HINT}.`);
console.log(`\n${total}`);
process.exitCode = total.failed === 0 ? 0 : 1;
