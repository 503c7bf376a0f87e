export { canny, type CannyOptions } from "./canny.ts";
