export { label2rgb, type Label2RgbOptions } from "./label2rgb.ts";
export { rgb2gray, type Rgb2GrayOptions } from "./rgb2gray.ts";
export type { Rgb } from "./named-colors.ts";
