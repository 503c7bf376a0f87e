// A browser to look at pages with, where there is one.
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Chromium, or Chrome; `undefined` where there is none. */
export const CHROMIUM: string | undefined = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((file) => existsSync(file) && works(file));

function works(file: string): boolean {
  // A confined one would not see the pages.
  return !realpathSync(file).endsWith("/snap") && spawnSync(file, ["--version"]).status === 0;
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly dark: boolean;
}

/**
 * Loads a page without a window and evaluates an expression in it.
 *
 * @returns what JSON has of its value, and what the browser complains of.
 */
export async function evaluateIn(
  page: string,
  expression: string,
  { width, dark }: View,
): Promise<{ value: unknown; complaints: string[] }> {
  // The page itself allows no code.
  const script = `<script>addEventListener("load", () => { document.title = JSON.stringify(${expression}); });</script>`;
  const examined = `${page}.examined.html`;
  const allowed = readFileSync(page, "utf8").replace(
    "default-src 'none'",
    "default-src 'none'; script-src 'unsafe-inline'",
  );
  writeFileSync(examined, allowed.replace("</body>", `${script}</body>`));
  const args = [
    ...[
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--enable-logging=stderr",
      "--virtual-time-budget=5000",
    ],
    ...[`--window-size=${width},900`, `--blink-settings=preferredColorScheme=${dark ? 0 : 1}`],
    ...[`--user-data-dir=${page}.profile`, "--dump-dom", pathToFileURL(examined).href],
  ];
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
    execFile(CHROMIUM!, args, { maxBuffer: 2 ** 26 }, (error, out, err) =>
      error === null ? resolve({ stdout: out, stderr: err }) : reject(error),
    );
  });
  const [, title = "null"] = /<title>([^<]*)<\/title>/.exec(stdout) ?? [];
  return {
    value: JSON.parse(title.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">")),
    complaints: stderr.split("\n").filter((line) => line.includes("CONSOLE")),
  };
}
