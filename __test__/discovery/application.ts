// Applications in temporary folders, with the package built from these sources and packages made up for a test.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");

/** What a program or command printed. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files by path; what is no text is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** The package as it would be installed, built once for a file of tests. */
export class BuiltPackage {
  readonly #folder: string = temporaryFolder();

  constructor() {
    execFileSync(process.execPath, [join(ROOT, "scripts/build-dist.mjs"), join(this.folder, "dist")]);
    for (const file of ["package.json", "manifest.schema.json"])
      copyFileSync(join(ROOT, file), join(this.folder, file));
    for (const name of ["build", "node_modules"]) symlinkSync(join(ROOT, name), join(this.folder, name));
  }

  get folder(): string {
    return join(this.#folder, "tagswitch");
  }

  /**
   * The file of a module that users cannot import, named by its path in `src/` without its ending. It has copies of all
   * that it imports: a process that loads it loads nothing else of the package.
   */
  innerModule(name: string): string {
    const outfile = join(this.folder, "dist", `${name}.js`);
    buildSync({
      ...{ absWorkingDir: ROOT, entryPoints: [`src/${name}.ts`], outfile, bundle: true },
      ...{ format: "esm", platform: "node", target: "node20", packages: "external", charset: "utf8" },
    });
    return outfile;
  }

  /** Removes the package, and every application made with it. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** An application of these files, in which `tagswitch` is installed. */
  application(files: Files): TestApplication {
    const folder = mkdtempSync(join(this.#folder, "application-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(this.folder, join(folder, "node_modules/tagswitch"));
    return new TestApplication(folder, files);
  }
}

/** An application in a folder of its own. */
export class TestApplication {
  readonly folder: string;

  constructor(folder: string, files: Files) {
    this.folder = folder;
    this.write(files);
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
    }
  }

  /** Runs one of its files, by Node as it is. */
  run(file: string, options: { env?: NodeJS.ProcessEnv; nodeArguments?: string[]; cwd?: string } = {}): Outcome {
    return this.#node([...(options.nodeArguments ?? []), join(this.folder, file)], options);
  }

  /** Runs the `tagswitch` command in it. */
  tagswitch(args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): Outcome {
    return this.#node([join(this.folder, "node_modules/tagswitch/dist/cli/index.js"), ...args], options);
  }

  #node(args: readonly string[], { env = {}, cwd = "." }: { env?: NodeJS.ProcessEnv; cwd?: string }): Outcome {
    const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_|TAGSWITCH_)/.test(name));
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
      ...{ cwd: join(this.folder, cwd), encoding: "utf8" },
      env: { ...Object.fromEntries(kept), ...env },
    });
    return { code: status, stdout, stderr };
  }
}

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tagswitch-discovery-")));
  mkdirSync(join(folder, "tagswitch"));
  return folder;
}
