// The page that --report writes, read strictly and, where there is a browser, as that shows it.
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import test from "ava";
import { TYPESCRIPT } from "../../typescript.ts";
import type { BatchOutcome } from "../../../src/cli/run/batch.ts";
import { html } from "../../../src/cli/run/html.ts";
import { reportPage } from "../../../src/cli/run/report-page.ts";
import { runFile } from "../../../src/cli/run/run-file.ts";
import { readStep, writeStep } from "../../../src/cli/run/step-text.ts";
import * as library from "../../../src/image/index.ts";
import { CHROMIUM, evaluateIn } from "./chromium.ts";

const { Image, io } = library;
const folder = mkdtempSync(join(tmpdir(), "tagswitch-report-"));
const at = (name: string): string => join(folder, name);
const ODD = `<b>&"odd' name.png`;
const HEAD = { steps: [], backend: undefined, version: "1.2.3", date: new Date("2026-01-02T03:04:05Z") };

test.before(() => {
  const data = Uint8Array.from({ length: 1000 * 300 * 3 }, (_, i) => (i * 7) % 251);
  io.imsave(at(ODD), new Image(data, { width: 1000, height: 300, channels: 3 }));
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

async function outcome(...texts: string[]): Promise<BatchOutcome> {
  const task = { input: at(ODD), output: undefined, steps: texts.map(readStep), backend: undefined, pictured: 800 };
  const made = await runFile(library, task);
  return made.state === "done" ? { ...made, input: ODD } : made;
}

const OTHERS: BatchOutcome[] = [
  { input: "before.png", state: "passed over", output: "out/before.png" },
  { input: "bad.png", state: "failed", error: { code: "ERR_IMAGE_FORMAT", message: "bad.png: <damaged>" } },
  { input: "worse.png", state: "failed", error: { code: null, message: "it ended" } },
];

async function wholePage(): Promise<string> {
  const image = await outcome("color.rgb2gray", "filters.thresholdOtsu", "util.greater:@2", "measure.label");
  const table = await outcome("color.rgb2gray", "util.greater:0.5", "measure.label", "measure.regionpropsTable");
  const number = await outcome("color.rgb2gray", "filters.thresholdMean");
  const steps = ["color.rgb2gray", `filters.gaussian:mode="<i>"`].map(readStep);
  return reportPage({ ...HEAD, steps, backend: "native" }, [image, table, number, ...OTHERS]);
}

/** A page with one space wherever a browser sees one. */
function spaced(page: string): string {
  return page.replaceAll(/\s+/g, " ").replaceAll(/ ?(<\/?(p|td|th|tr|footer)\b[^>]*>) ?/g, "$1");
}

/** The elements of a page whose every tag is closed in its order; throws where one is not. */
function elementsOf(page: string): { name: string; attributes: string }[] {
  const VOID = new Set(["meta", "img"]);
  const open: string[] = [];
  const elements: { name: string; attributes: string }[] = [];
  const body = page.replace("<!doctype html>", "").replace(/<style>[^<]*<\/style>/, "");
  for (const { index, 1: slash, 2: name, 3: attributes } of body.matchAll(
    /<(\/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*\/?>|</g,
  )) {
    if (name === undefined) throw new Error(`a < that begins no tag, before ${body.slice(index, index + 40)}`);
    if (slash === "/") {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
    } else {
      if (!VOID.has(name)) open.push(name);
      elements.push({ name, attributes: attributes! });
    }
  }
  if (open.length > 0) throw new Error(`${open.join()} are left open`);
  return elements;
}

test("every tag is closed, ids of files and values are text, and nothing is loaded from elsewhere", async (t) => {
  const elements = elementsOf(await wholePage());
  const page = spaced(await wholePage());
  const named = (name: string): string[] => elements.filter((one) => one.name === name).map((one) => one.attributes);
  t.true(page.includes("<h2>&lt;b&gt;&amp;&quot;odd&#39; name.png</h2>"));
  t.true(page.includes("<code>filters.gaussian:mode=&quot;&lt;i&gt;&quot;</code>"));
  t.true(
    page.includes("ERR_IMAGE_FORMAT: bad.png: &lt;damaged&gt;") && page.includes("Done before, in out/before.png."),
  );
  t.true(/<p>3 done, 1 passed over, 2 failed, backend native first<\/p>/.test(page));
  t.true(/tagswitch 1\.2\.3, <time datetime="2026-01-02T03:04:05\.000Z">2026-01-02 03:04 UTC/.test(page));
  t.is(named("section").length, 6);
  // Before and after of the first file, before of the others; and small ones of steps that gave an image.
  t.is(named("img").length, 4 + 3 + 3 + 1);
  t.true(
    named("img").every((image) => /^ src="data:image\/png;base64,[^"]+"/.test(image) && / alt="[^"]+"/.test(image)),
  );
  t.is(named("script").length + named("link").length, 0);
  t.deepEqual(page.match(/https?:|url\(|@import/g), null);
  t.is(elements.filter(({ attributes }) => / on\w+=/.test(attributes)).length, 0);
});

test("the table says of each step what it gave, who ran it, what was converted and who refused", async (t) => {
  const made = await outcome("color.rgb2gray", "filters.thresholdMean");
  t.is(made.state, "done");
  if (made.state !== "done") return;
  const [call] = made.trace.calls;
  const conversions = [
    { from: "tagswitch/image:Image", to: "x:Card", bytes: 12_000, milliseconds: 1, cached: false, copy: 1 },
    { from: "x:Card", to: "tagswitch/image:Image", bytes: null, milliseconds: 1, cached: true, copy: 1 },
  ];
  const origin = { package: "card-backend", version: "1.0.0", endorsed: false };
  const considered = [
    { backend: "card", verdict: "refused", reason: "too <small>", origin: null },
    { backend: "native", verdict: "ran", reason: "", origin },
  ] as const;
  const inner = { ...call!, function: "inner", backend: null, considered: [], calls: [] };
  const outer = { ...call!, backend: "native", conversions, considered, calls: [inner] };
  const trace = { schemaVersion: 1, calls: [outer] } as const;
  const written = reportPage(HEAD, [{ ...made, trace, note: "saved otherwise" }]);
  elementsOf(written);
  const page = spaced(written);
  t.true(page.includes("<div>Image → Card, 12,000 bytes</div><div>Card → Image, cached</div>"));
  t.true(page.includes("<td>native of card-backend 1.0.0</td>"));
  t.true(page.includes("<div><b>card</b>: too &lt;small&gt;</div>"));
  t.true(/padding-left: 1\.8em"><code>inner<\/code><\/th><td><\/td><td>nobody/.test(page));
  t.true(page.includes("<p>saved otherwise</p>"));
});

test("pictures are made smaller to fit a page", async (t) => {
  const made = await outcome("color.rgb2gray");
  t.like(made.state === "done" ? made.sights : null, {
    before: { about: "1000 × 300, 3 channels, uint8", width: 800, height: 240 },
    after: { about: "1000 × 300, 1 channel, float32", width: 800, height: 240 },
    steps: [{ width: 128, height: 38 }],
  });
});

test("html`` escapes what it is given, but for HTML", (t) => {
  t.is(
    String(html`<p title="${'"&'}">${"<"}${html`<i>${1}</i>`}${["a", html`<b>b</b>`]}</p>`),
    '<p title="&quot;&amp;">&lt;<i>1</i>a<b>b</b></p>',
  );
});

test("steps are written as they are read", (t) => {
  for (const text of [
    "f.g",
    "f.g@0:@12,image=@3",
    "f.g:[[0,1],[a]],b=true,c=null,d=-0.5,e=px^2",
    'f.g:"true","a=1","x, y"',
  ]) {
    t.is(writeStep(readStep(text)), text);
    t.deepEqual(readStep(writeStep(readStep(text))), readStep(text));
  }
});

(CHROMIUM === undefined ? test.skip : test)(
  "in a browser: all pictures are there, it fits, is dark or light",
  async (t) => {
    t.timeout(120_000);
    writeFileSync(at("page.html"), await wholePage());
    const expression = `{
    pictures: [...document.images].filter((image) => image.naturalWidth > 0).length,
    loaded: performance.getEntriesByType("resource").filter(({ name }) => !name.startsWith("data:")).length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    color: getComputedStyle(document.body).color,
    headings: [...document.querySelectorAll("h2")].map((heading) => heading.textContent),
  }`;
    const headings = [ODD, ODD, ODD, "before.png", "bad.png", "worse.png"];
    for (const [dark, color] of [
      [false, "rgb(0, 0, 0)"],
      [true, "rgb(255, 255, 255)"],
    ] as const) {
      const { value, complaints } = await evaluateIn(at("page.html"), expression, { width: dark ? 1200 : 500, dark });
      t.deepEqual(value, { pictures: 11, loaded: 0, overflow: 0, color, headings });
      t.deepEqual(complaints, []);
    }
  },
);

function run(args: string[], path: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = join(import.meta.dirname, "../../../src/cli/index.ts");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, command, "run", ...args],
      { cwd: folder, env: { ...process.env, PATH: path } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

(process.platform === "linux" ? test : test.skip)("--report writes it, --open has it opened", async (t) => {
  writeFileSync(at("xdg-open"), `#!/bin/sh\nprintf %s "$1" > opened.part && mv opened.part opened\n`);
  chmodSync(at("xdg-open"), 0o755);
  const args = [ODD, "color.rgb2gray", "filters.thresholdMean", "--report", "run.html", "--open"];
  const path = `${folder}${delimiter}${process.env["PATH"]}`;
  t.like(await run(args, path), { code: 0, stderr: "" });
  t.true(elementsOf(readFileSync(at("run.html"), "utf8")).length > 20);
  while (!existsSync(at("opened"))) await setTimeout(20);
  t.is(readFileSync(at("opened"), "utf8"), at("run.html"));
});

test("--report and --open that make no sense", async (t) => {
  const path = process.env["PATH"]!;
  const open = await run(["a.png", "filters.sobel", "--open"], path);
  t.like(open, {
    code: 2,
    stdout: "",
    stderr: "tagswitch: --open opens the page that --report names; give that too\n",
  });
  const { stderr } = await run(["a.png", "filters.sobel", "--report", "page.pdf"], path);
  t.is(stderr, 'tagswitch: --report writes HTML; "page.pdf" should end in .html\n');
});
