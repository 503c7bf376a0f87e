import { Image, io, type Samples } from "tagswitch/image";

/** Reads a photograph, of any kind that `io.imread` knows, as an image that the steps take: without opacity. */
export async function readPhotograph(path: string): Promise<Image> {
  const image = await io.imread.async(path);
  return image.alpha ? onWhite(image) : image;
}

/** What one sees of a transparent image on white paper. */
function onWhite(image: Image): Image {
  const { data, width, height, channels } = image;
  const white = { uint8: 255, uint16: 65_535, int32: 2_147_483_647, float32: 1, float64: 1 }[image.dtype];
  const opaque = channels - 1;
  const result = data.slice(0, width * height * opaque) as Samples;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = data[pixel * channels + opaque]! / white;
    for (let c = 0; c < opaque; c++) {
      const value = data[pixel * channels + c]! * opacity + white * (1 - opacity);
      result[pixel * opaque + c] = white === 1 ? value : Math.round(value);
    }
  }
  return new Image(result, { width, height, channels: opaque });
}
