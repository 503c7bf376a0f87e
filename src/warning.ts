/** What a warning of the dispatcher is about. */
type WarningCode =
  | "TAGSWITCH_COPIED_TWICE"
  | "TAGSWITCH_DISPOSE"
  | "TAGSWITCH_ENVIRONMENT"
  | "TAGSWITCH_MANIFEST"
  | "TAGSWITCH_SCOPE"
  | "TAGSWITCH_STRUCTURAL";

/** The name of the dispatcher's warnings among those of the process. */
export const WARNING = "TagswitchWarning";

/** Gives a warning of the process: for what is wrong and must not stop a program. */
export function warn(code: WarningCode, message: string): void {
  process.emitWarning(message, { type: WARNING, code });
}
