// @ts-check
export { fromImage, toImage } from "./sharp-image.js";
