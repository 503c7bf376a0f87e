// A whole pipeline beside the same WGSL through Dawn, the engine of Chromium: `npx tsx bench/dawn/index.ts`.
// Both have a process of their own and take turns. Installs npm's `webgpu` beside the other peers (build/peers).
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { clearProgress, showProgress } from "../../src/cli/progress.ts";
import { median, medianRatio } from "../../src/bench/statistics.ts";
import { layOut } from "../../src/table.ts";
import { installNodePeers } from "../kernels/install.ts";
import type { Answer, Request } from "./turns.ts";

const SIDES = [512, 1024, 2048];
const ROUNDS = 15;
const TURN_MILLISECONDS = 150;
/** Floats of another order of operations: the two compile the same text by different compilers. */
const TOLERANCE = 1e-4;

showProgress("installing webgpu", 0);
await installNodePeers();
const contestants = [start("tagswitch-process.ts"), start("dawn-process.mjs")];
try {
  const rows: string[][] = [];
  const engines = new Set<string>();
  for (const [i, side] of SIDES.entries()) {
    const first: Answer[] = [];
    for (const contestant of contestants) first.push(await ask(contestant, { side, milliseconds: TURN_MILLISECONDS }));
    for (const { engine } of first) engines.add(engine);
    const worst = Math.max(...first[0]!.samples.map((sample, k) => Math.abs(sample - first[1]!.samples[k]!)));
    if (!(worst <= TOLERANCE)) throw new Error(`results on ${side} × ${side} differ by ${worst}`);
    const turns: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      showProgress(`${side} × ${side}`, (i + round / ROUNDS) / SIDES.length);
      for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) {
        turns[at]!.push((await ask(contestants[at]!, { side, milliseconds: TURN_MILLISECONDS })).milliseconds);
      }
    }
    const figures = [median(turns[0]!), median(turns[1]!), medianRatio(turns[1]!, turns[0]!)];
    rows.push([`${side} × ${side}`, ...figures.map((figure) => figure.toPrecision(3))]);
  }
  clearProgress();
  console.log([...engines].join("\n"));
  console.log(layOut(["five steps", "tagswitch, ms", "Dawn, ms", "Dawn over tagswitch"], rows, [1, 2, 3]));
} finally {
  for (const contestant of contestants) contestant.removeAllListeners("exit").kill();
}

async function ask(contestant: ChildProcess, request: Request): Promise<Answer> {
  contestant.send(request);
  const [message] = (await once(contestant, "message")) as [Answer];
  return message;
}

/** A process of its own; this one ends with it, as it has said why. */
function start(file: string): ChildProcess {
  const contestant = fork(join(import.meta.dirname, file), { execArgv: process.execArgv });
  contestant.once("exit", (code) => process.exit(code ?? 1));
  return contestant;
}
