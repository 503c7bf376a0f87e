// Arrows between the crates go one way: addon → dispatch, kernels-cpu, kernels-gpu → image; in the addon: all → values.
import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import test from "ava";
import { ROOT } from "./checkout.ts";

interface Metadata {
  packages: {
    id: string;
    name: string;
    manifest_path: string;
    dependencies: { name: string; kind: string | null; path?: string }[];
  }[];
  workspace_members: string[];
  resolve: { nodes: { id: string; dependencies: string[] }[] };
}

const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 } as const;
const host = /^host: (.+)$/m.exec(execFileSync("rustc", ["-vV"], options))?.[1] ?? "";
const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version=1", "--locked", "--filter-platform", host], options),
) as Metadata;
const nameOf = new Map(metadata.packages.map(({ id, name }) => [id, name]));
const members = metadata.packages.filter(({ id }) => metadata.workspace_members.includes(id));

/** Crates of the addon that hold bindings of kernels. */
const BINDINGS = ["feature", "filters", "intensities", "regions", "transform"].map((name) => `tagswitch-addon-${name}`);
/** What each crate of ours may name among the others of ours. */
const ARROWS: Record<string, readonly string[]> = {
  tagswitch: [
    ...["tagswitch-dispatch", "tagswitch-image", "tagswitch-kernels-cpu", "tagswitch-kernels-gpu"],
    ...["tagswitch-addon-values", ...BINDINGS],
  ],
  "tagswitch-addon-values": ["tagswitch-image", "tagswitch-kernels-cpu"],
  ...Object.fromEntries(
    BINDINGS.map((name) => [name, ["tagswitch-addon-values", "tagswitch-image", "tagswitch-kernels-cpu"]]),
  ),
  "tagswitch-dispatch": [],
  "tagswitch-image": [],
  "tagswitch-kernels-cpu": ["tagswitch-image"],
  "tagswitch-kernels-gpu": ["tagswitch-image"],
};

test("every crate of the workspace has its place", (t) => {
  t.deepEqual(members.map(({ name }) => name).toSorted(), Object.keys(ARROWS).toSorted());
});

for (const { name, dependencies } of members) {
  test(`${name} names only the crates below it`, (t) => {
    const ours = dependencies.filter(({ path }) => path !== undefined).map((dependency) => dependency.name);
    t.deepEqual(
      ours.filter((dependency) => !ARROWS[name]?.includes(dependency)),
      [],
    );
  });
}

test("only the addon names napi", (t) => {
  t.deepEqual(namers(/^napi/).toSorted(), ["tagswitch", "tagswitch-addon-values", ...BINDINGS].toSorted());
});

test("crates of the addon lie inside it", (t) => {
  const inside = members.filter(({ manifest_path }) => /^addon[\\/]/.test(relative(ROOT, manifest_path)));
  t.deepEqual(
    inside.map(({ name }) => name).toSorted(),
    Object.keys(ARROWS)
      .filter((name) => name.startsWith("tagswitch-addon-"))
      .toSorted(),
  );
});

test("only kernels-gpu names wgpu and its parts", (t) => {
  t.deepEqual(namers(/^(wgpu|naga|ash|metal)/), ["tagswitch-kernels-gpu"]);
});

test("the dispatcher's crate brings in neither Node nor a GPU", (t) => {
  const reached = reachedFrom("tagswitch-dispatch");
  t.true(reached.size > 1, "the walk over cargo's graph found something");
  t.deepEqual(
    [...reached].filter((name) => /^(napi|wgpu|naga|ash|tagswitch-(image|kernels))/.test(name)),
    [],
  );
});

/** The crates of ours whose manifest names a crate like this, for whatever purpose. */
function namers(pattern: RegExp): string[] {
  return members
    .filter(({ dependencies }) => dependencies.some(({ name }) => pattern.test(name)))
    .map(({ name }) => name);
}

/** Names of all packages that one package depends on, itself included. */
function reachedFrom(name: string): Set<string> {
  const edges = new Map(metadata.resolve.nodes.map(({ id, dependencies }) => [id, dependencies]));
  const seen = new Set<string>();
  const waiting = members.filter((member) => member.name === name).map(({ id }) => id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(edges.get(id) ?? []));
  }
  return new Set([...seen].map((id) => nameOf.get(id) ?? id));
}
