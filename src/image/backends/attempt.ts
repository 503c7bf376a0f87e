/** What options come to; `null` where they are wrong. */
export function attempt<T>(resolve: () => T): T | null {
  try {
    return resolve();
  } catch {
    return null;
  }
}
