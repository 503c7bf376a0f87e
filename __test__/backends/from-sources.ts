// Lets the backend packages, which import tagswitch by name, share the copy that the tests run: its sources.
import { register } from "node:module";

const sources = {
  tagswitch: new URL("../../src/index.ts", import.meta.url).href,
  "tagswitch/image": new URL("../../src/image/index.ts", import.meta.url).href,
};
const hook = `
  const sources = ${JSON.stringify(sources)};
  export const resolve = (specifier, context, next) => next(sources[specifier] ?? specifier, context);
`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
