/** Puts a library's own tests through its backends, and proves that these ran. */
export type { Failure, FunctionReport, RefusedCalls, Verdict } from "./report.ts";
export { VerificationReport } from "./report.ts";
export type { CaseContext, Dispatched, Settings, TestCase, TestSuite } from "./suite.ts";
export { defineSuite } from "./suite.ts";
export { testingThrough } from "./testing-through.ts";
export { throughBackend, type ThroughOptions } from "./through-backend.ts";
