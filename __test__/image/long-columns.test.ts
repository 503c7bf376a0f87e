import { longImages } from "./long-images.ts";

longImages("uint8", [4099, 37]);
