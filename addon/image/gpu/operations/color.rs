use napi::Env;
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_kernels_gpu::color;

use super::{refused, whole};
use crate::image::gpu::background::{Answer, answer};
use crate::image::gpu::gpu_error;
use crate::image::gpu::handle::GpuImageHandle;

/// Checked options of `color.label2rgb`, kind `"overlay"`.
#[napi(object)]
pub struct GpuLabel2RgbOptions {
    /// Red, green and blue of one colour after the other.
    pub colors: Vec<f64>,
    pub alpha: f64,
    pub bg_label: f64,
    /// Red, green and blue; absent: the image shows.
    #[napi(ts_type = "readonly number[]")]
    pub bg_color: Option<Vec<f64>>,
    pub image_alpha: f64,
    pub saturation: f64,
}

#[napi(catch_unwind)]
pub fn gpu_rgb2gray(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let gray = color::rgb2gray(image.image("color.rgb2gray")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, gray))
}

#[napi(catch_unwind)]
pub fn gpu_gray2rgb(env: &Env, image: &GpuImageHandle) -> Result<GpuImageHandle> {
    let rgb = color::gray2rgb(image.image("color.gray2rgb")?).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, rgb))
}

/// Waits for labels of 32 bits that do not come from `gpuLabel`, to learn their range.
#[napi(catch_unwind, ts_return_type = "GpuImageHandle | Promise<GpuImageHandle>")]
pub fn gpu_label2rgb<'env>(
    env: &'env Env,
    label: &GpuImageHandle,
    image: Option<&GpuImageHandle>,
    options: GpuLabel2RgbOptions,
    later: bool,
) -> Result<Answer<'env, GpuImageHandle>> {
    let operation = "color.label2rgb";
    let rgb = |color: &[f64]| [color[0] as f32, color[1] as f32, color[2] as f32];
    if !options.colors.len().is_multiple_of(3)
        || options.bg_color.as_ref().is_some_and(|color| color.len() != 3)
    {
        return Err(refused(operation, "colors must have three components each"));
    }
    let options = color::Label2Rgb {
        bg_label: whole(operation, "bgLabel", options.bg_label)?,
        bg_color: options.bg_color.as_deref().map(rgb),
        colors: options.colors.chunks_exact(3).map(rgb).collect(),
        alpha: options.alpha as f32,
        image_alpha: options.image_alpha as f32,
        saturation: options.saturation as f32,
    };
    let image = image.map(|image| image.image(operation)).transpose()?.cloned();
    let label = label.image(operation)?.clone();
    let work = move || color::label2rgb(&label, image.as_ref(), &options).map_err(gpu_error);
    answer(env, later, work, GpuImageHandle::new)
}
