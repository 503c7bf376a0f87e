/** Shows how far a command is, on a terminal, in one line of it. */
export function showProgress(step: string, done: number): void {
  if (!process.stderr.isTTY) return;
  const line = `${String(Math.round(done * 100)).padStart(3)} % ${step}`;
  process.stderr.write(`\r\u001B[K${line.slice(0, Math.max(process.stderr.columns - 1, 20))}`);
}

/** Takes it away again. */
export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
