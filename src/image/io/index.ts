export {
  type ImageFormat,
  imread,
  type Imread,
  type ImreadOptions,
  imsave,
  type Imsave,
  type ImsaveOptions,
} from "./files.ts";
export { toPicture } from "./to-picture.ts";
export { type ColorDepth, toTerminal, type ToTerminalOptions } from "./to-terminal.ts";
