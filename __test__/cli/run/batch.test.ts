// A pipeline over many files: what is passed over, what fails, what an interrupt leaves.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { type Batch, type BatchOutcome, refuseCollisions, runBatch, tasksOf } from "../../../src/cli/run/batch.ts";
import { readStep } from "../../../src/cli/run/step-text.ts";
import { Image, io } from "../../../src/image/index.ts";

/** A folder with images in it, and a batch over them into another. */
class Workplace {
  readonly folder: string = mkdtempSync(join(tmpdir(), "tagswitch-batch-"));
  readonly out: string = join(this.folder, "out");

  constructor(t: ExecutionContext) {
    t.timeout(120_000, "processes start");
    t.teardown(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  image(name: string, level = 7): void {
    io.imsave(this.at(name), new Image(new Uint8Array(6).fill(level), { width: 3, height: 2 }));
  }

  async run(inputs: readonly string[], changes: Partial<Batch> = {}, signal?: AbortSignal): Promise<BatchOutcome[]> {
    const batch: Batch = {
      ...{ inputs: inputs.map((name) => this.at(name)), folder: this.out, ending: undefined, jobs: 2, version: "1" },
      task: { steps: [readStep("util.invert")], backend: undefined, pictured: undefined },
      ...changes,
    };
    return runBatch(batch, signal ?? new AbortController().signal);
  }
}

const statesOf = (outcomes: readonly BatchOutcome[]): string[] => outcomes.map(({ state }) => state);

test("a broken file fails, the others are done; what is done is passed over until it changes", async (t) => {
  const place = new Workplace(t);
  for (const [i, name] of ["a.png", "b.png", "c.png"].entries()) place.image(name, i);
  writeFileSync(place.at("broken.png"), "no image");
  const inputs = ["a.png", "broken.png", "b.png", "c.png", "missing.png"];
  const first = await place.run(inputs);
  t.deepEqual(statesOf(first), ["done", "failed", "done", "done", "failed"]);
  t.like(first[1], { error: { code: "ERR_IMAGE_FORMAT" } });
  t.like(first[4], { error: { code: "ERR_IMAGE_FILE" } });
  t.is(io.imread(join(place.out, "c.png")).data[0], 253);
  t.deepEqual(readdirSync(place.out).toSorted(), [".tagswitch-run.json", "a.png", "b.png", "c.png"]);

  // One input is another, one output was changed, one removed, and the broken one is mended.
  place.image("a.png", 200);
  writeFileSync(join(place.out, "b.png"), "changed");
  rmSync(join(place.out, "c.png"));
  place.image("broken.png");
  t.deepEqual(statesOf(await place.run(inputs)), ["done", "done", "done", "done", "failed"]);
  const third = await place.run(inputs);
  t.deepEqual(statesOf(third), ["passed over", "passed over", "passed over", "passed over", "failed"]);
  t.like(third[0], { output: join(place.out, "a.png") });
  t.is(io.imread(join(place.out, "a.png")).data[0], 55);

  // Its size is the same, and it is older than the output: all the same it is another.
  utimesSync(place.at("a.png"), 1000, 1000);
  t.deepEqual(statesOf(await place.run(["a.png"])), ["done"]);
});

test("another pipeline, ending, backend or version does all again; a damaged record counts as none", async (t) => {
  const place = new Workplace(t);
  place.image("a.png");
  const task = { steps: [readStep("util.invert")], backend: undefined, pictured: undefined };
  await place.run(["a.png"]);
  t.deepEqual(statesOf(await place.run(["a.png"])), ["passed over"]);
  for (const changes of [
    { task: { ...task, steps: [readStep("util.invert:signedFloat=true")] } },
    { task: { ...task, backend: "default" } },
    { ending: ".tif" },
    { version: "2" },
  ]) {
    t.deepEqual(statesOf(await place.run(["a.png"], changes)), ["done"]);
    t.deepEqual(statesOf(await place.run(["a.png"], changes)), ["passed over"]);
  }
  const record = join(place.out, ".tagswitch-run.json");
  t.is((JSON.parse(readFileSync(record, "utf8")) as { schema: string }).schema, "tagswitch/run-record/1");
  writeFileSync(record, '{"schema":"tagswitch/run-rec');
  t.deepEqual(statesOf(await place.run(["a.png"], { version: "2" })), ["done"]);
});

test("numbers go to files of their own, and an ending for the other kind fails", async (t) => {
  const place = new Workplace(t);
  place.image("a.png");
  const numbers = { task: { steps: [readStep("filters.thresholdMean")], backend: undefined, pictured: undefined } };
  await place.run(["a.png"], numbers);
  t.is(readFileSync(join(place.out, "a.json"), "utf8"), "7\n");
  await place.run(["a.png"], { ...numbers, ending: ".csv" });
  t.is(readFileSync(join(place.out, "a.csv"), "utf8"), "value\n7\n");
  t.like((await place.run(["a.png"], { ...numbers, ending: ".tif" }))[0], { error: { code: "ERR_OUTPUT" } });
  t.like((await place.run(["a.png"], { ending: ".csv" }))[0], { error: { code: "ERR_OUTPUT" } });
});

test("there are pictures of the first hundred files only", (t) => {
  const inputs = Array.from({ length: 101 }, (_, i) => `${i}.png`);
  const task = { steps: [], backend: undefined, pictured: 400 };
  const tasks = tasksOf(inputs, { folder: "out", ending: undefined, task });
  t.deepEqual([tasks[99]!.pictured, tasks[100]!.pictured], [400, undefined]);
  t.deepEqual(tasks[100]!.output, { image: join("out", "100.png"), numbers: join("out", "100.json") });
});

test("inputs of one name, in folders of their own, are refused together", (t) => {
  t.notThrows(() => refuseCollisions(["a/x.png", "a/y.png"]));
  t.throws(() => refuseCollisions(["a/x.png", "b/X.jpg"]), {
    name: "UsageError",
    message: /^a\/x\.png and b\/X\.jpg would have the same output/,
  });
});

// A pipe that nobody writes to holds whoever reads it.
const onLinux = process.platform === "linux" ? test.serial : test.serial.skip;

onLinux("an interrupt leaves what is done, and no file by half", async (t) => {
  const place = new Workplace(t);
  for (const name of ["a.png", "b.png"]) place.image(name);
  execFileSync("mkfifo", [place.at("held.png")]);
  mkdirSync(place.out);
  const stop = new AbortController();
  const running = place.run(["held.png", "a.png", "b.png"], {}, stop.signal);
  // The process that does b has said before that a is done.
  while (!readdirSync(place.out).includes("b.png")) await setTimeout(20);
  stop.abort();
  t.regex(statesOf(await running).join(), /^done(,done)?$/);
  t.deepEqual(readdirSync(place.out).toSorted(), [".tagswitch-run.json", "a.png", "b.png"]);
  t.deepEqual(statesOf(await place.run(["a.png"])), ["passed over"]);
});

onLinux("a process that ends fails its file, and another goes on", async (t) => {
  const place = new Workplace(t);
  place.image("a.png");
  execFileSync("mkfifo", [place.at("held.png")]);
  const running = place.run(["held.png", "a.png"], { jobs: 1 });
  const children = (): string => readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim();
  while (children() === "") await setTimeout(20);
  // It has begun to read once its other end can be opened.
  await setTimeout(3000);
  for (const child of children().split(" ")) process.kill(Number(child), "SIGKILL");
  const [held, done] = await running;
  t.like(held, { state: "failed", error: { code: null, message: "the process that worked on it ended with SIGKILL" } });
  t.like(done, { state: "done" });
});
