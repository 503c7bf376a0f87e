import test from "ava";
import { type BackendDeclaration, createBackendSystem } from "../../src/index.ts";
import { DevicePoint, Point } from "./library.ts";

let count = 0;

test("fault: mirrored type sets aborting the library's import – such backends are unordered", (t) => {
  const mirrored: BackendDeclaration[] = [
    { name: "one", primary: ["geometry:Point"], secondary: ["geometry:DevicePoint"] },
    { name: "two", primary: ["geometry:DevicePoint"], secondary: ["geometry:Point"] },
    { name: "three", primary: [{ type: "geometry:Point", subclasses: true }, "geometry:DevicePoint"] },
    { name: "four", primary: ["geometry:Point", { type: "geometry:DevicePoint", subclasses: true }] },
  ];
  for (const declarations of [mirrored, mirrored.toReversed()]) {
    const system = createBackendSystem({ name: `mirrored-${count++}`, defaultTypes: ["mirrored:Nothing"] });
    const who = system.dispatchable("who", { on: [0, 1] }, (_a: unknown, _b: unknown): string => "default");
    for (const declaration of declarations) system.registerBackend(declaration).implement(who, () => declaration.name);
    const names = declarations.map(({ name }) => name);
    const order = (...some: string[]): string[] => names.filter((name) => some.includes(name));
    const tried = system.backends.filter((name) => name !== "default");
    t.deepEqual(
      tried.filter((name) => ["one", "two"].includes(name)),
      order("one", "two"),
    );
    t.deepEqual(
      tried.filter((name) => ["three", "four"].includes(name)),
      order("three", "four"),
    );
    t.is(
      who(new Point(0), new Point(0)),
      tried.find((name) => name !== "two")!,
    );
    t.is(
      who(new DevicePoint(0), new DevicePoint(0)),
      tried.find((name) => name !== "one")!,
    );
    t.is(who(new DevicePoint(0), new Point(0)), tried[0]!);
  }
});
