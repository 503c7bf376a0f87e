/** Says once that something of a package was left out, and why. Discovery never fails for a package's mistake. */
export function warn(message: string): void {
  process.emitWarning(message, { type: "TagswitchWarning", code: "TAGSWITCH_MANIFEST" });
}
