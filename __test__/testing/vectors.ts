import assert from "node:assert/strict";
import {
  type Backend,
  type BackendSystem,
  createBackendSystem,
  type Dispatchable,
  registerConverter,
} from "../../src/index.ts";
import { defineSuite, type TestSuite } from "../../src/testing/index.ts";

/** A library's own type. */
export class Vector {
  static {
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "vectors:Vector" });
  }
  readonly values: readonly number[];
  constructor(values: readonly number[]) {
    this.values = values;
  }
}

/** A backend's type. */
export class Packed {
  static {
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "vectors:Packed" });
  }
  readonly values: Float64Array;
  constructor(values: Float64Array) {
    this.values = values;
  }
}

registerConverter<Vector, Packed>({
  from: "vectors:Vector",
  to: "vectors:Packed",
  convert: ({ values }) => new Packed(Float64Array.from(values)),
});
registerConverter<Packed, Vector>({
  from: "vectors:Packed",
  to: "vectors:Vector",
  convert: ({ values }) => new Vector([...values]),
});

interface Options {
  by?: number;
  backend?: string;
}

/** A library, and its own suite. */
export interface Vectors {
  readonly system: BackendSystem;
  readonly suite: TestSuite<{ readonly tolerance: number }>;
  readonly scale: Dispatchable<(vector: Vector, options?: Options) => Vector>;
  readonly sum: Dispatchable<(vector: Vector) => number>;
  readonly reverse: Dispatchable<(vector: Vector) => Vector>;
  /** Registers a backend that works on vectors. */
  backend(name: string): Backend;
  /** Registers a backend that works on its own type, to which vectors are converted. */
  packed(name: string): Backend;
}

let count = 0;

/** `vectors.scale` has two cases, `vectors.sum` one, `vectors.reverse` none. */
export function vectors(): Vectors {
  const system = createBackendSystem({ name: `vectors-${count++}`, defaultTypes: ["vectors:Vector"] });
  const scale = system.dispatchable(
    "vectors.scale",
    { on: [0] },
    (vector: Vector, { by = 2 }: Options = {}): Vector => new Vector(vector.values.map((value) => value * by)),
  );
  const sum = system.dispatchable("vectors.sum", { on: [0] }, (vector: Vector): number =>
    vector.values.reduce((total, value) => total + value, 0),
  );
  const reverse = system.dispatchable(
    "vectors.reverse",
    { on: [0] },
    (vector: Vector): Vector => new Vector(vector.values.toReversed()),
  );
  const suite = defineSuite({
    system,
    settings: { tolerance: 0 },
    cases: [
      {
        function: "vectors.scale",
        name: "doubles",
        async run({ call }) {
          assert.deepEqual((await call(scale, new Vector([1, 2]))).values, [2, 4]);
        },
      },
      {
        function: "vectors.scale",
        name: "triples",
        async run({ call }) {
          assert.deepEqual((await call(scale, new Vector([1, 2]), { by: 3 })).values, [3, 6]);
        },
      },
      {
        function: "vectors.sum",
        name: "adds",
        run({ settings: { tolerance } }) {
          assert.ok(Math.abs(sum(new Vector([1, 2, 3])) - 6) <= tolerance);
        },
      },
    ],
  });
  return {
    ...{ system, suite, scale, sum, reverse },
    backend: (name) => system.registerBackend({ name, primary: ["vectors:Vector"] }),
    packed: (name) => system.registerBackend({ name, primary: ["vectors:Packed"] }),
  };
}
