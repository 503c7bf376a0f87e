import { Image, ImageError, io, type Samples } from "tagswitch/image";

/** Reads a photograph, of any kind that `io.imread` knows, as an image that the steps take: without opacity. */
export async function readPhotograph(path: string): Promise<Image> {
  const image = await io.imread.async(path);
  checkIntensities(path, image);
  return image.alpha ? onWhite(image) : image;
}

/** Floats beyond what a picture holds would fail only when it is written, at the end. */
function checkIntensities(path: string, { data, dtype }: Image): void {
  if (!dtype.startsWith("float")) return;
  for (const sample of data) {
    // As far as `io.imsave` takes for rounding.
    if (Math.abs(sample) <= 1 + 1e-5) continue;
    const problem = `it holds ${sample}; floats of a photograph lie from -1 to 1, so scale them first`;
    throw new ImageError("ERR_IMAGE_VALUE", `${path}: ${problem}`);
  }
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
