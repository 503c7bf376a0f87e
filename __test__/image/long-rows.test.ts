import { longImages } from "./long-images.ts";

longImages("float32", [37, 4099]);
