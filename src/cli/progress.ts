/** Shows how far a command is, on a terminal. */
export function showProgress(step: string, done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${String(Math.round(done * 100)).padStart(3)} % ${step}`);
}

/** Takes it away again. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
