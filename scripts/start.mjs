// `npm start`: sets up, then runs the main job. Arguments go on to it: npm start -- photo.jpg --backend wgpu,native
import { exitOnSetupError, setup } from "./setup.mjs";
import { spawn } from "node:child_process";
import { at, ROOT } from "./setup/project.mjs";
import { graphicsEnvironment } from "./setup/graphics.mjs";

await setup().catch(exitOnSetupError);

// In the user's folder, so that a relative path to a picture means what it says (npm changes to the root otherwise).
const cwd = process.env.INIT_CWD ?? ROOT;
const tsx = import.meta.resolve("tsx");
const child = spawn(process.execPath, ["--import", tsx, at("examples/photograph/main.ts"), ...process.argv.slice(2)], {
  cwd,
  env: graphicsEnvironment(),
  stdio: "inherit",
});
child.on("close", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
