export { label, type LabelOptions } from "./label.ts";
