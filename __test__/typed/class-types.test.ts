// Types by class and by identifier: the same answers as from tests, without asking them at each call.
import test from "ava";
import { createBackendSystem, registerType } from "../../src/index.ts";
import typed from "../../src/typed/index.ts";

test("a type by class is asked once for each class, one without at each call", (t) => {
  class Known {}
  class Asked {}
  let known = 0;
  let asked = 0;
  const own = typed.create();
  own.addTypes(
    [
      { name: "Known", test: (value: unknown) => (known++, value instanceof Known), type: Known },
      { name: "Asked", test: (value: unknown) => (asked++, value instanceof Asked) },
    ],
    "Object",
  );
  // Fewer signatures would be asked in line, at each call.
  const others = Array.from({ length: 16 }, () => class {});
  others.forEach((type, i) => own.addType({ name: `T${i}`, type }));
  const rest = Object.fromEntries(others.map((_, i) => [`T${i}`, () => i]));
  const fn = own({ ...rest, Known: () => "known", Asked: () => "asked" });
  for (let i = 0; i < 5; i++) t.is(fn(new Known()), "known");
  const once = known;
  for (let i = 0; i < 50; i++) t.is(fn(new Known()), "known");
  t.is(known, once);
  t.is(fn(new Asked()), "asked");
  const before = asked;
  for (let i = 0; i < 50; i++) t.is(fn(new Asked()), "asked");
  t.is(asked, before + 50);
  t.is(known, once, "and not for what has no class with a type");
});

test("no call asks the same question of the same argument twice", (t) => {
  let asked = 0;
  const own = typed.create();
  for (const name of ["a", "b", "c"]) {
    own.addType({ name, test: (value: unknown) => (asked++, (value as { kind?: string } | null)?.kind === name) });
  }
  const pairs = ["a", "b", "c"].flatMap((first) => ["a", "b", "c"].map((second) => `${first},${second}`));
  const fn = own(Object.fromEntries(pairs.map((pair) => [pair, () => pair])));
  const call = (): unknown => fn({ kind: "c" }, { kind: "c" });
  call();
  asked = 0;
  t.is(call(), "c,c");
  t.is(asked, 6);
});

test("the type alone is enough, where it needs no test of another library", (t) => {
  class Point {}
  const own = typed.create();
  own.addType({ name: "Point", type: Point });
  own.addType({ name: "bigint", type: "js:bigint" });
  own.addType({ name: "Map", type: "js:Map" });
  const fn = own({ Point: () => "point", bigint: () => "bigint", Map: () => "map" });
  const values = [new Point(), 5n, new Map(), new Point()];
  t.deepEqual(
    values.map((value) => fn(value)),
    ["point", "bigint", "map", "point"],
  );
  t.throws(() => own.addType({ name: "nothing" } as never), { instanceOf: TypeError });
  t.throws(() => own.addType({ name: "wrong", type: "constructor" } as never), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("subclasses are of their parents' types, and of their own first", (t) => {
  class Shape {}
  class Circle extends Shape {}
  class Unit extends Circle {}
  const own = typed.create();
  own.addTypes([
    { name: "Circle", type: Circle },
    { name: "Shape", type: Shape },
  ]);
  const fn = own({ "Shape, Shape": () => "shapes", "Circle, number": () => "circle", "Shape, string": () => "text" });
  for (let call = 0; call < 3; call++) {
    t.is(fn(new Unit(), new Circle()), "shapes");
    t.is(fn(new Unit(), 1), "circle");
    t.is(fn(new Circle(), "a"), "text");
    t.throws(() => fn(new Shape(), 1), { message: /expected: string or Shape/ });
  }
});

test("a type that is another universe's, or added later, has no part in a function", (t) => {
  class Late {}
  const own = typed.create();
  const fn = own({ Object: () => "object", any: () => "any" });
  t.is(fn(new Late()), "any");
  own.addType({ name: "Late", type: Late });
  t.is(fn(new Late()), "any");
  t.is(own({ Late: () => "late" })(new Late()), "late");
  t.throws(() => typed({ Late: () => 1 }), { message: 'Unknown type "Late"' });
});

test("more classes than a table had room for keep their answers", (t) => {
  const own = typed.create();
  const classes = Array.from({ length: 60 }, () => class {});
  classes.forEach((type, i) => own.addType({ name: `T${i}`, type }));
  const one = own(Object.fromEntries(classes.map((_, i) => [`T${i}`, () => i])));
  const two = own(Object.fromEntries(classes.map((_, i) => [`T${i},T${(i + 1) % 60}`, () => i])));
  for (let round = 0; round < 2; round++) {
    classes.forEach((type, i) => {
      t.is(one(new type()), i);
      t.is(two(new type(), new classes[(i + 1) % 60]!()), i);
      t.throws(() => two(new type(), new type()));
    });
  }
});

test("a class keeps the identifier that it has, and gets one if it has none", (t) => {
  class Named {}
  class Nameless {}
  registerType(Named, "typed-test:Named");
  const own = typed.create();
  own.addType({ name: "Named", type: Named });
  own.addType({ name: "Nameless", type: Nameless });
  t.notThrows(() => registerType(Named, "typed-test:Named"));
  t.throws(() => registerType(Nameless, "typed-test:Nameless"), { code: "ERR_DISPATCH_DUPLICATE" });
  const system = createBackendSystem({ name: "typed-test" });
  const who = system.dispatchable("who", { on: [0] }, (_value: unknown): string => "default");
  system.registerBackend({ name: "named", primary: ["typed-test:Named"] }).implement(who, () => "named");
  const fn = own({ Named: (value) => who(value), any: () => "any" });
  t.is(fn(new Named()), "named");
  t.is(fn(new Nameless()), "any");
});

test("a type by identifier needs no class until there is one", (t) => {
  const own = typed.create();
  own.addType({ name: "Picture", type: "typed-test:Picture" });
  const fn = own({ Picture: () => "picture", Object: () => "object", any: () => "any" });
  t.is(fn({}), "object");
  t.is(fn(null), "any");
  class Picture {}
  registerType(Picture, "typed-test:Picture");
  class Photograph extends Picture {}
  for (let call = 0; call < 3; call++) {
    t.is(fn(new Picture()), "picture");
    t.is(fn(new Photograph()), "picture");
    t.is(fn({}), "object");
  }
});

test("a class that states its identifier is known at its first call", (t) => {
  class Stated {}
  Object.defineProperty(Stated, Symbol.for("tagswitch.type"), { value: "typed-test:Stated2" });
  const own = typed.create();
  own.addType({ name: "Stated", type: "typed-test:Stated2" });
  const fn = own({ Stated: () => "stated", any: () => "any" });
  t.deepEqual([fn(new Stated()), fn(new Stated()), fn(new (class {})())], ["stated", "stated", "any"]);
});

test("a function that is called in more ways than are kept keeps its answers", (t) => {
  const own = typed.create();
  const classes = Array.from({ length: 300 }, () => class {});
  own.addType({ name: "odd", test: (value: unknown) => typeof value === "number" && value % 2 === 1 });
  classes.forEach((type, i) => own.addType({ name: `T${i}`, type }));
  const fn = own({ ...Object.fromEntries(classes.map((_, i) => [`odd,T${i}`, () => i])), "any,any": () => "any" });
  for (let round = 0; round < 2; round++) {
    classes.forEach((type, i) => {
      t.is(fn(1, new type()), i);
      t.is(fn(2, new type()), "any");
    });
  }
});
