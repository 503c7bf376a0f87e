export { gray2rgb, type Gray2RgbOptions } from "./gray2rgb.ts";
export { label2rgb, type Label2RgbOptions } from "./label2rgb.ts";
export { rgb2gray, type Rgb2GrayOptions } from "./rgb2gray.ts";
export type { Rgb } from "./named-colors.ts";
