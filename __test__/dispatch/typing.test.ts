import test from "ava";
import { createBackendSystem, type FunctionOf, getImplementation, invoke, trace, type Trace } from "../../src/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const expectType = <_T extends true>(): void => {};

function overloaded(value: string): string;
function overloaded(value: number, options?: { by: number }): number;
function overloaded(value: string | number): string | number {
  return value;
}

const system = createBackendSystem({ name: "typing" });
const generic = system.dispatchable("generic", { on: [0] }, <T>(value: T, _options?: { deep: boolean }): T => value);
const dispatched = system.dispatchable("overloaded", { on: [0] }, overloaded);

test("a dispatchable has the type of its function, overloads and type parameters included", (t) => {
  expectType<Equal<FunctionOf<typeof dispatched>, typeof overloaded>>();
  const text = dispatched("a");
  const number = dispatched(1, { by: 2 });
  expectType<Equal<typeof text, string>>();
  expectType<Equal<typeof number, number>>();
  const kept = generic({ a: 1 });
  expectType<Equal<typeof kept, { a: number }>>();
  const [later, keptLater] = [dispatched.async("a"), generic.async({ a: 1 })];
  expectType<Equal<typeof later, Promise<string>>>();
  // No conditional type keeps a type parameter.
  expectType<Equal<typeof keptLater, Promise<unknown>>>();
  // @ts-expect-error -- no overload takes a boolean
  t.is(dispatched(true), true);
});

test("invoke and getImplementation keep the type, trace the result's", async (t) => {
  const invoked = invoke(dispatched, "default");
  expectType<Equal<typeof invoked, typeof overloaded>>();
  const own = getImplementation(dispatched, "default");
  expectType<Equal<typeof own, typeof overloaded | undefined>>();
  const traced = trace(() => 1);
  expectType<Equal<typeof traced, Trace<number>>>();
  const promised = trace(async () => 1);
  expectType<Equal<typeof promised, Promise<Trace<number>>>>();
  t.is((await promised).result, traced.result);
});

test("a wrapped function has the type of the function, without the members of a dispatchable", (t) => {
  const wrapped = system.backend.wrap("default", dispatched);
  expectType<Equal<typeof wrapped, typeof overloaded>>();
  const plain = system.backend.wrap("default", overloaded);
  expectType<Equal<typeof plain, typeof overloaded>>();
  t.false("async" in wrapped);
  t.is(wrapped("a"), "a");
});

test("an implementation must take what the dispatchable takes", (t) => {
  const double = system.dispatchable(
    "double",
    { on: [0] },
    (value: number, _options?: { fast?: boolean }) => 2 * value,
  );
  const backend = system.registerBackend({ name: "typed", primary: ["js:number"] });
  backend.implement(double, (value, options) => {
    expectType<Equal<typeof value, number>>();
    expectType<Equal<typeof options, { fast?: boolean } | undefined>>();
    return value + value;
  });
  // @ts-expect-error -- a string is no number
  t.throws(() => backend.implement(double, (value: string) => value), { code: "ERR_DISPATCH_DUPLICATE" });
  t.is(double(4), 8);
});
