/** How one test suite went. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** What failed, a line each. */
  problems = [];
  #suite;

  /** @param {string} suite its name, put before each problem */
  constructor(suite) {
    this.#suite = suite;
  }

  /** Records a failure; `count` is 0 for one that is counted elsewhere. */
  fail(problem, count = 1) {
    this.problems.push(`${this.#suite}: ${problem}`);
    this.failed += count;
  }

  /** A suite that ended badly, or ran nothing, has failed even if no test did. */
  close(outcome) {
    if (outcome !== "exit code 0" && this.failed === 0) this.fail(`ended with ${outcome}, and no test to blame`);
    if (this.passed + this.failed === 0) this.fail("no test ran");
  }

  /** Adds another suite's results. */
  add({ passed, failed, skipped, problems }) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
    this.problems.push(...problems);
  }

  /** `N passed, N failed`, and how many were skipped if any. */
  toString() {
    return `${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ""}`;
  }
}

/** Waits for a child process: `"exit code 0"`, `"signal SIGSEGV"`, or why it did not start. */
export function outcomeOf(child) {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}
