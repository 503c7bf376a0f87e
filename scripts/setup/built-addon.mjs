// Stands for node-gyp where setup has built the addon: gives prebuildify, which moves away what it is given, a copy of the
// checkout's binary, in the place where node-gyp's would be.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { at } from "./project.mjs";

const folder = join(process.cwd(), "build/Release");
mkdirSync(folder, { recursive: true });
copyFileSync(at("build/Release/tagswitch.node"), join(folder, "tagswitch.node"));
