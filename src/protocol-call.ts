import { isPromise } from "node:util/types";
import { type Call, likeOf, type Resolution, typesOf, verdictsOf } from "./call.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { PASS, PROTOCOL, type ProtocolCall, type ProtocolHolder, protocolsOf } from "./protocol.ts";
import { observer, recordAnswer } from "./record-call.ts";
import { activeConfig, activeRecorder } from "./scope.ts";
import { runSteps, type Steps } from "./steps.ts";

/** Goes on with a call: without the protocols of the classes that have these prototypes. */
type Proceed = (args: readonly unknown[], asked: readonly object[]) => unknown;

/**
 * The classes that are asked to answer a call, before its backends are; none where the user said which backend it has
 * to be.
 *
 * @param asked prototypes of classes that were.
 */
export function holdersOf(
  record: DispatchableRecord,
  args: readonly unknown[],
  resolution: Resolution,
  asked: readonly object[],
): readonly ProtocolHolder[] {
  // With nothing to dispatch on, what the result is to be like decides.
  const values = record.on.values(args);
  const like = likeOf(record, args);
  const holders = protocolsOf(like === undefined ? values : [...values, like], asked);
  if (holders.length === 0) return holders;
  // Who fitted an object says nothing of who may answer for its arguments.
  const config = resolution.isFitted ? activeConfig() : resolution.config;
  return verdictsOf(record, { ...resolution, config }).some(({ forced }) => forced) ? [] : holders;
}

/** Asks the classes one after the other; when all of them pass, the call goes on without them. */
export function* askProtocols(
  call: Call,
  holders: readonly ProtocolHolder[],
  before: readonly object[],
  proceed: Proceed,
): Steps<unknown> {
  const asked = [...before];
  const recorder = activeRecorder() ?? observer(call.record.system);
  for (const [i, holder] of holders.entries()) {
    asked.push(holder.prototype);
    const told = protocolCall(call, [...asked], proceed);
    const ask = (): unknown => holder.value[PROTOCOL](told);
    let result = recorder === undefined ? ask() : yield* recordAnswer(recorder, call, holder.name, ask);
    if (isPromise(result)) {
      if (!call.asynchronous) {
        const goOn = (): unknown => runSteps(askProtocols(call, holders.slice(i + 1), asked, proceed));
        return result.then((value: unknown) => (value === PASS ? goOn() : value));
      }
      result = yield result;
    }
    if (result !== PASS) return result;
  }
  const result = proceed(call.args, asked);
  return call.asynchronous ? yield result as Promise<unknown> : result;
}

function protocolCall(call: Call, asked: readonly object[], proceed: Proceed): ProtocolCall {
  const { record, resolution, args: all } = call;
  const receiver = record.method === undefined ? [] : [all[0]];
  const args = all.slice(receiver.length);
  return {
    system: record.system.name,
    function: record.name,
    types: typesOf(record, all, resolution),
    args,
    receiver: receiver[0],
    pass: PASS,
    proceed: (...given) => proceed([...receiver, ...(given.length === 0 ? args : given)], asked),
  };
}
