// The process of one contestant in one setting: prepares when started, then runs a batch for each message.
import { type CallLoops, createLoops } from "./call-loops.ts";
import type { Batch, ProcessReply, ProcessRequest } from "./contestant.ts";
import type { ContestSetting } from "./contest.ts";
import { type Contestant, CONTESTANTS, type ContestantName } from "./contestants.ts";
import { createProgram } from "./program.ts";
import { median } from "./statistics.ts";

const [name, text] = process.argv.slice(2) as [ContestantName, string];
const setting = JSON.parse(text) as ContestSetting;
const contestant: Contestant = CONTESTANTS[name];
const program = createProgram(setting);
const built = await contestant.build(program);

if (built === undefined) {
  reply({ state: "absent" });
} else {
  const within = built.within ?? ((body: () => void) => body());
  let loops: CallLoops | undefined;
  process.on("message", ({ milliseconds, warm }: ProcessRequest) => {
    within(() => {
      loops ??= createLoops(built.functions, program, setting.site, contestant.oneType === true);
      reply({ state: "done", batch: runBatch(loops, milliseconds, warm) });
    });
  });
  reply({ state: "ready" });
}

function runBatch(loops: CallLoops, milliseconds: number, warm: boolean): Batch {
  // Other processes ran in between: what the caches and predictors held is gone.
  if (!warm) for (let i = 0; i < loops.count; i++) loops.next();
  const samples: number[] = [];
  const end = performance.now() + milliseconds;
  while (samples.length < loops.count || performance.now() < end) samples.push(loops.next());
  return { samples: samples.length, minimum: Math.min(...samples), median: median(samples) };
}

function reply(message: ProcessReply): void {
  process.send!(message);
}
