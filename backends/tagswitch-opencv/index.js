// @ts-check
export { fromImage, toImage } from "./mat.js";
export { opencv, start } from "./start.js";
