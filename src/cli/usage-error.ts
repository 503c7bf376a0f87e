/** A command line that makes no sense. Its message says what would. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
