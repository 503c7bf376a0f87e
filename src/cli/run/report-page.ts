import type { CallJson } from "../../index.ts";
import { type BatchOutcome, countsOf } from "./batch.ts";
import { Html, html } from "./html.ts";
import { STYLE } from "./report-style.ts";
import type { FileResult } from "./run-file.ts";
import type { NumbersSight, Sight } from "./sight.ts";
import type { Step } from "./step.ts";
import { writeStep } from "./step-text.ts";

/** What a report says of a run as a whole. */
export interface ReportHead {
  readonly steps: readonly Step[];
  readonly backend: string | undefined;
  /** Of tagswitch. */
  readonly version: string;
  readonly date: Date;
}

const NOTHING = html``;

/**
 * A run as a page of HTML: for each file the image before and after, and who ran each step, why, how long it took and what was copied.
 *
 * Everything is in it, pictures too; it loads nothing and runs no code. It is dark or light as its reader's system is.
 */
export function reportPage({ steps, backend, version, date }: ReportHead, outcomes: readonly BatchOutcome[]): string {
  const facts = [
    ...(outcomes.length === 1 ? [] : countsOf(outcomes)),
    ...(backend === undefined ? [] : [`backend ${backend} first`]),
  ];
  const [first] = outcomes;
  const title = outcomes.length === 1 ? first!.input : `${outcomes.length} files`;
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta
            http-equiv="Content-Security-Policy"
            content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
          />
          <title>tagswitch run: ${title}</title>
          <style>
            ${new Html(STYLE)}
          </style>
        </head>
        <body>
          <header>
            <h1>${title}</h1>
            <ol>
              ${steps.map((step) => html`<li><code>${writeStep(step)}</code></li>`)}
            </ol>
            <p>${facts.join(", ")}</p>
          </header>
          <main>${outcomes.map(section)}</main>
          <footer>
            tagswitch ${version},
            <time datetime="${date.toISOString()}">${date.toISOString().slice(0, 16).replace("T", " ")} UTC</time>
          </footer>
        </body>
      </html> `,
  );
}

function section(outcome: BatchOutcome): Html {
  if (outcome.state === "done") return resultSection(outcome);
  const { input } = outcome;
  const said =
    outcome.state === "passed over"
      ? html`<p>Done before, in ${outcome.output}.</p>`
      : html`<p class="failed">
          ${outcome.error.code === null ? "" : `${outcome.error.code}: `}${outcome.error.message}
        </p>`;
  return html`<section>
    <h2>${input}</h2>
    ${said}
  </section> `;
}

function resultSection({ input, output, note, milliseconds, trace, sights }: FileResult): Html {
  return html`<section>
    <h2>${input}${output === null ? "" : ` → ${output}`}</h2>
    <div class="pair">${figure("Before", sights?.before)}${figure("After", sights?.after)}</div>
    ${note === null ? NOTHING : html`<p>${note}</p> `}
    <div class="wide">
      <table>
        <caption>
          Steps, of ${milliseconds.toFixed(1)} ms with reading and writing
        </caption>
        <thead>
          <tr>
            <th>function</th>
            <th>gave</th>
            <th>ran on</th>
            <th>ms</th>
            <th>converted</th>
            <th>refused</th>
          </tr>
        </thead>
        <tbody>
          ${trace.calls.map((call, i) => callRows(call, 0, sights?.steps[i]))}
        </tbody>
      </table>
    </div>
  </section> `;
}

function figure(title: string, sight: Sight | undefined): Html {
  if (sight === undefined) return NOTHING;
  if (!("picture" in sight))
    return html`<figure>
      ${numbers(sight)}
      <figcaption>${title}</figcaption>
    </figure> `;
  const { picture, width, height, about } = sight;
  return html`<figure>
    <img src="${picture}" width="${width}" height="${height}" alt="${title}: ${about}" />
    <figcaption>${title}: ${about}</figcaption>
  </figure> `;
}

/** A call, and below it those that were made on the way. */
function callRows(call: CallJson, depth: number, sight: Sight | undefined): Html {
  const { milliseconds, conversions, considered } = call;
  const copied = conversions.map(({ from, to, bytes, cached }) => {
    const cost = cached ? ", cached" : bytes === null ? "" : `, ${bytes.toLocaleString("en")} bytes`;
    return html`<div>${lastPart(from)} → ${lastPart(to)}${cost}</div>`;
  });
  const refused = considered
    .filter(({ verdict }) => verdict === "refused")
    .map(({ backend: name, reason }) => html`<div><b>${name}</b>: ${reason}</div>`);
  return html`<tr>
      <th scope="row" style="padding-left: ${(0.6 + 1.2 * depth).toFixed(1)}em"><code>${call.function}</code></th>
      <td>${gave(sight)}</td>
      <td>${ranOn(call)}</td>
      <td class="number">${milliseconds.toFixed(2)}</td>
      <td>${copied}</td>
      <td>${refused}</td>
    </tr>
    ${call.calls.map((inner) => callRows(inner, depth + 1, undefined))}`;
}

/** Who ran a call, with the package that it is from, if it is from one. */
function ranOn({ backend, considered, error }: CallJson): string {
  const origin = considered.find(({ verdict }) => verdict === "ran")?.origin;
  const who = `${backend ?? "nobody"}${origin ? ` of ${origin.package} ${origin.version}` : ""}`;
  return error === null ? who : `${who}, threw`;
}

function gave(sight: Sight | undefined): Html {
  if (sight === undefined) return NOTHING;
  if ("picture" in sight) return html`<img src="${sight.picture}" alt="${sight.about}" title="${sight.about}" />`;
  const [only, ...others] = Object.values(sight.columns);
  return sight.rows === 1 && others.length === 0 ? html`${only![0]}` : html`${sight.rows} rows`;
}

function numbers({ columns, rows }: NumbersSight): Html {
  const all = Object.values(columns);
  const shown = all[0]?.length ?? 0;
  if (rows === 1 && all.length === 1) return html`<p class="value">${all[0]![0]}</p>`;
  return html`<div class="wide">
      <table>
        <thead>
          <tr>
            ${Object.keys(columns).map((name) => html`<th>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Array.from(
            { length: shown },
            (_, row) =>
              html`<tr>
                ${all.map((column) => html`<td class="number">${column[row]}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${rows > shown ? html`<p>and ${rows - shown} rows more</p>` : NOTHING}`;
}

function lastPart(type: string): string {
  return type.slice(type.indexOf(":") + 1);
}
