// Types by what their classes are like.
import { runInNewContext } from "node:vm";
import test from "ava";
import {
  type BackendSystem,
  type Class,
  createBackendSystem,
  registerType,
  type StructuralType,
  type TypeIdentifier,
} from "../../src/index.ts";

let count = 0;

type Structural = StructuralType & { name: TypeIdentifier };

function structural(matches: (type: Class) => unknown): Structural {
  return { name: `structural:T${count++}`, matches: matches as (type: Class) => boolean };
}

/** Classes with a method of that name. */
function having(method: string): Structural & { asked: Class[] } {
  const asked: Class[] = [];
  const matches = (type: Class): boolean => {
    asked.push(type);
    return method in (type.prototype as object);
  };
  return { ...structural(matches), asked };
}

function isOf(type: Structural): { is: (value: unknown) => boolean; system: BackendSystem } {
  const system = createBackendSystem({ name: `structural-${count++}`, defaultTypes: ["structural:Nothing"] });
  const asked = system.dispatchable("is", { on: [0] }, (_value: unknown): boolean => false);
  system.registerBackend({ name: "only", primary: [type] }).implement(asked, () => true);
  const is = (value: unknown): boolean => {
    try {
      return asked(value);
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_DISPATCH_NO_IMPLEMENTATION") return false;
      throw error;
    }
  };
  return { is, system };
}

test("a class is asked about once, before or after the type was declared, registered or not", (t) => {
  class Before {
    speak(): void {}
  }
  class After {
    speak(): void {}
  }
  class Unregistered {
    speak(): void {}
  }
  class Silent {}
  registerType(Before, `structural:Before${count}`);
  const type = having("speak");
  const { is } = isOf(type);
  registerType(After, `structural:After${count}`);
  for (let i = 0; i < 4; i++) {
    t.deepEqual(
      [Before, After, Unregistered, Silent].map((each) => is(new each())),
      [true, true, true, false],
    );
  }
  for (const each of [Before, After, Unregistered, Silent])
    t.is(type.asked.filter((asked) => asked === each).length, 1);
});

test("subclasses: without an identifier they count as their parent, with one they are asked about", (t) => {
  class Parent {
    sing(): void {}
  }
  class Child extends Parent {}
  class Named extends Parent {}
  const { is } = isOf(having("sing"));
  t.deepEqual([is(new Child()), is(new Parent())], [true, true]);
  registerType(Named, `structural:Named${count}`);
  t.true(is(new Named()));
  registerType(Parent, `structural:Parent${count}`);
  t.deepEqual([is(new Child()), is(new Parent()), is(new Named())], [true, true, true]);
});

test("a subclass without an identifier is of its parent's structural types and of others, whichever class is seen first", (t) => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ]) {
    const [sings, dances] = [isOf(having("sing")), isOf(having("dance"))];
    class Singer {
      sing(): void {}
    }
    class Dancer extends Singer {
      dance(): void {}
    }
    class Pupil extends Dancer {}
    const classes = [Singer, Dancer, Pupil];
    // Often enough for calls to be remembered.
    for (let i = 0; i < 3; i++) {
      for (const at of order) t.true(sings.is(new classes[at]!()));
      for (const at of order) t.is(dances.is(new classes[at]!()), at > 0, `${order.join()}: ${at}`);
    }
    registerType(Dancer, `structural:Dancer${count}`);
    for (let i = 0; i < 3; i++) {
      t.deepEqual(
        classes.map((each) => [sings.is(new each()), dances.is(new each())]),
        [
          [true, false],
          [true, true],
          [true, true],
        ],
      );
    }
  }
});

test("primitives by their class, plain objects by Object, arrays and other realms by theirs", (t) => {
  const number = isOf(structural((type) => type === Number || type.name === "BigInt"));
  const object = isOf(structural((type) => type === Object));
  const list = isOf(structural((type) => type.name === "Array"));
  class Other {}
  const foreign = runInNewContext("[]") as unknown;
  for (let i = 0; i < 3; i++) {
    t.deepEqual(
      [number, object, list].map(({ is }) => is(5)),
      [true, false, false],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is(5n)),
      [true, false, false],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is({})),
      [false, true, false],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is([])),
      [false, false, true],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is(foreign)),
      [false, false, true],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is(new Other())),
      [false, false, false],
    );
    t.deepEqual(
      [number, object, list].map(({ is }) => is(Object.create(null))),
      [false, false, false],
    );
  }
});

test("a frozen class is of a structural type too", (t) => {
  class Frozen {
    freeze(): void {}
  }
  Object.freeze(Frozen.prototype);
  const { is } = isOf(having("freeze"));
  for (let i = 0; i < 3; i++) t.true(is(new Frozen()));
});

test("a class that was seen before is asked about when the type comes", (t) => {
  class Seen {
    late(): void {}
  }
  const first = isOf(having("never"));
  t.false(first.is(new Seen()));
  const second = isOf(having("late"));
  t.deepEqual([first.is(new Seen()), second.is(new Seen())], [false, true]);
  const third = isOf(having("late"));
  t.deepEqual([first.is(new Seen()), second.is(new Seen()), third.is(new Seen())], [false, true, true]);
});

test("classes of one name that are alike share a tag: a factory of classes does not grow the table", (t) => {
  const { is, system } = isOf(having("made"));
  const make = (): new () => object =>
    class Made {
      made(): void {}
    };
  t.true(is(new (make())()));
  const tags = new Set(
    Array.from({ length: 50 }, () => {
      const value = new (make())();
      t.true(is(value));
      return (value as { [key: symbol]: unknown })[Symbol.for("tagswitch.tag")];
    }),
  );
  t.is(tags.size, 1);
  t.truthy(system);
});

test("a predicate that throws, or answers no boolean, is one warning and counts as no", async (t) => {
  const warnings: Error[] = [];
  const listen = (warning: Error): number => warnings.push(warning);
  process.on("warning", listen);
  class Thrown {}
  class Odd {}
  const type = structural((each) => {
    if (each === Thrown) throw new Error("no idea");
    return each === Odd ? "maybe" : false;
  });
  const { is } = isOf(type);
  for (let i = 0; i < 3; i++) t.deepEqual([is(new Thrown()), is(new Odd())], [false, false]);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  const own = warnings.filter((warning) => (warning as { code?: string }).code === "TAGSWITCH_STRUCTURAL");
  t.is(own.length, 2);
  t.regex(own[0]!.message, new RegExp(`"${type.name}", asked about class Thrown, threw Error: no idea`));
  t.regex(own[1]!.message, /class Odd, answered "maybe"; expected true or false/);
});

test("a class without an identifier counts as its parent, whatever the predicate says of it", (t) => {
  class Unregistered {}
  class Registered {}
  registerType(Registered, "structural:Registered");
  for (const parent of [Unregistered, Registered]) {
    class Child extends parent {}
    class Grandchild extends Child {}
    class Other extends parent {}
    registerType(Other, `structural:Other${count++}`);
    const { is } = isOf(structural((type) => type === parent));
    const child = isOf(structural((type) => type === Child));
    // That somebody else wants direct instances only is no matter of theirs.
    const system = createBackendSystem({ name: `structural-${count++}` });
    system.registerBackend({ name: "exact", primary: [{ type: "structural:Registered", exact: true }] });
    for (let i = 0; i < 2; i++) {
      t.deepEqual(
        [parent, Child, Grandchild, Other, Object].map((type) => is(new type())),
        [true, true, true, false, false],
      );
      if (parent === Registered) t.false(child.is(new Child()) || child.is(new Grandchild()));
    }
  }
  t.false(isOf(structural((type) => type === Object)).is(new Unregistered()), "not all classes are objects like any");
});

test("two systems may declare one structural type with one predicate only", (t) => {
  const type = having("shared");
  const [one, two] = [isOf(type), isOf(type)];
  class Shared {
    shared(): void {}
  }
  t.deepEqual([one.is(new Shared()), two.is(new Shared())], [true, true]);
  t.throws(() => isOf({ ...type, matches: () => true }), { code: "ERR_DISPATCH_DUPLICATE", message: /same function/ });
});

test("a predicate may itself make dispatched calls", (t) => {
  const other = isOf(having("other"));
  class Asked {
    other(): void {}
  }
  const { is } = isOf(structural((type) => type === Asked && other.is(new Asked())));
  t.true(is(new Asked()));
});
