export { greater, type GreaterOptions } from "./greater.ts";
export { imgAsFloat, type ImgAsFloatOptions } from "./img-as-float.ts";
export { imgAsUbyte, type ImgAsUbyteOptions } from "./img-as-ubyte.ts";
export { imgAsUint, type ImgAsUintOptions } from "./img-as-uint.ts";
export { invert, type InvertOptions } from "./invert.ts";
export { type NoiseMode, randomNoise, type RandomNoiseOptions } from "./random-noise.ts";
