export { greater, type GreaterOptions } from "./greater.ts";
export { invert, type InvertOptions } from "./invert.ts";
