export { greater, type GreaterOptions } from "./greater.ts";
