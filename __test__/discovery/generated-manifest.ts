/** A generator of manifests: valid ones, and those with something put wrong. The same for the same seed. */
export class ManifestGenerator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A manifest with any of its fields. */
  valid(): Record<string, unknown> {
    const module = this.#pick([undefined, "./index.js", "../lib/index.js"]);
    const home = (): object => (module === undefined || this.#chance() ? { module: "./other.js" } : {});
    return {
      ...this.#maybe({ $schema: "./node_modules/tagswitch/manifest.schema.json" }),
      system: this.#pick(["signals", "tagswitch/image"]),
      name: this.#pick(["fast", "gpu-2", "b1"]),
      ...this.#maybe({ description: "" }),
      primary: this.#list(1, () => this.#type()),
      ...this.#maybe({ secondary: this.#list(0, () => this.#type()) }),
      ...this.#maybe({ higherPriorityThan: ["default"] }),
      ...this.#maybe({ lowerPriorityThan: this.#list(0, () => "other") }),
      ...this.#maybe({ optIn: this.#chance() }),
      ...(module !== undefined && { module }),
      ...this.#maybe({ initialize: this.#pick(["./start.js", "./start.js:begin"]) }),
      functions: Object.fromEntries(
        this.#list(0, () => [this.#pick(["scale", "filters.gaussian", "a.b.c", "__proto__x"]), this.#function(home())]),
      ),
      ...this.#maybe({
        converters: this.#list(0, () => ({
          ...{ from: "a:A", to: "b:B", export: "aToB" },
          ...home(),
          ...this.#maybe({ cost: this.#pick([0, 1, 1_000_000]) }),
        })),
      }),
    };
  }

  /** A valid manifest with one to three things changed, which may leave it valid. */
  changed(): unknown {
    const manifest: { whole: unknown } = { whole: this.valid() };
    for (let i = 0; i <= this.#below(3); i++) this.#spoil(manifest);
    return manifest.whole;
  }

  #function(home: object): object {
    return {
      ...home,
      ...this.#maybe({ export: "run" }),
      ...this.#maybe({ shouldRun: this.#pick(["./decide.js", "./decide.js:run"]) }),
      ...this.#pick([{}, { async: true }, { sync: true }, { async: true, sync: false }, { async: true, sync: true }]),
      ...this.#maybe({ context: true, defers: false }),
      ...this.#maybe({ abortable: true }),
      ...this.#maybe({ options: { kernel: "its size", chunks: { description: "how many", default: [3] } } }),
    };
  }

  #type(): unknown {
    return this.#pick([
      "signals:Signal",
      "js:Float32Array",
      { type: "signals:Signal", subclasses: true },
      { type: "signals:Signal", exact: true },
    ]);
  }

  #spoil(holder: object): void {
    const places = placesIn(holder);
    const { parent, key } = this.#pick(places);
    const record = parent as Record<string, unknown>;
    const way = this.#below(3);
    if (way === 0 && parent !== holder) {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete record[key];
    } else if (way === 1 && typeof record[key] === "object" && record[key] !== null && !Array.isArray(record[key])) {
      (record[key] as Record<string, unknown>)[this.#pick(["", "extra", "shouldrun", "module", "sync", "type"])] =
        this.#junk();
    } else {
      record[key] = this.#junk();
    }
  }

  #junk(): unknown {
    const texts = [
      "",
      "x",
      "default",
      "a b",
      "./x.js",
      "x.js",
      "../x.js",
      "./x.js:f",
      "./x.js:",
      "a:b",
      "a:b:c",
      ":",
      "js:Symbol",
      "js:symbol",
      "js:undefined",
    ];
    const values = [
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e7,
      [],
      [3],
      ["a:b"],
      {},
      { type: "a:b" },
      { type: "a:b", exact: true, subclasses: true },
      { description: "d" },
    ];
    return structuredClone(this.#pick<unknown>([...texts, ...values, this.#type()]));
  }

  #maybe(fields: object): object {
    return this.#chance() ? fields : {};
  }

  #list<T>(least: number, make: () => T): T[] {
    return Array.from({ length: least + this.#below(3) }, make);
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }

  #chance(): boolean {
    return this.#below(2) === 0;
  }

  /** Mulberry32. */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }
}

/** Every place in a value that can be changed. */
function placesIn(parent: object): { parent: object; key: string }[] {
  return Object.entries(parent).flatMap(([key, value]) => [
    { parent, key },
    ...(typeof value === "object" && value !== null ? placesIn(value as object) : []),
  ]);
}
