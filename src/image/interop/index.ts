export { fromImageData, type ImageDataLike, toImageData } from "./image-data.ts";
export { type ImageJs, type ImageJsClass, registerImageJs } from "./image-js.ts";
export { fromNdarray, type NdarrayLike, toNdarray } from "./ndarray.ts";
export { fromNpy, toNpy } from "./npy.ts";
export { fromRaw, type RawDepth, type RawPixels, toRaw } from "./raw.ts";
