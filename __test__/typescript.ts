/** The flag by which a child process runs the TypeScript of this repository, as the tests' own processes do. */
export const TYPESCRIPT: string = `--import=${new URL("../scripts/test/typescript.mjs", import.meta.url).href}`;
