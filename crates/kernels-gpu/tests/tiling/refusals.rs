//! What is too large for tiles.

use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian, Threshold};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::segmentation::Margin;
use tagswitch_kernels_gpu::{
    DType, GpuImage, Result, Shape, color, filters, measure, morphology, segmentation,
};

use crate::limited::Limited;
use crate::support::{noise, upload};

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 40, width: 200, channels: 1 };
    let image = upload(&limited.engine, &noise(shape, DType::F32, 14), shape);
    let rgb = Shape { channels: 3, ..shape };
    let photo = upload(&limited.engine, &noise(rgb, DType::F32, 15), rgb);
    let refused = |limit, result: &dyn Fn() -> Result<GpuImage>| {
        limited.engine.set_largest_binding(limit);
        let error = result().unwrap_err();
        assert_eq!(error.code(), "ERR_GPU_LIMIT");
        error.to_string()
    };
    assert_eq!(
        refused(2048, &|| filters::edges(&image, &EdgeFilter::new(EdgeOperator::Sobel))),
        "filters.sobel: a row and the 1 before and after it takes 2659 bytes, and a kernel sees 2048 at once on this \
         adapter; use another backend"
    );
    let options = Gaussian::new(3.0, 4.0);
    assert!(refused(16_384, &|| filters::gaussian(&image, &options)).contains("the 12 before"));
    let across = Gaussian { radius: [0, 3], ..Gaussian::new(1.0, 4.0) };
    assert!(refused(1024, &|| filters::gaussian(&image, &across)).contains(": a row takes"));
    assert!(refused(3071, &|| color::rgb2gray(&photo)).contains("256 pixels takes 3072"));
    let strip = Shape { height: 3, width: 3000, channels: 1 };
    let strip = upload(&limited.engine, &noise(strip, DType::U8, 15), strip);
    let labels = refused(10_000, &|| measure::label(&strip, 0, Connectivity::Four));
    assert!(labels.contains("a row of labels and one more takes 12004 bytes"), "{labels}");
    let weak = refused(31_999, &|| {
        filters::apply_hysteresis_threshold(&image, Threshold::All(0.1), Threshold::All(0.5))
    });
    assert!(weak.contains("a mark for each region takes 32004 bytes"), "{weak}");
    let cleared = refused(31_999, &|| segmentation::clear_border(&image, Margin::Edges(0), 0.0));
    assert!(cleared.contains("a mark for each region takes 32004 bytes"), "{cleared}");
    let mask = upload(&limited.engine, &noise(shape, DType::U8, 15), shape);
    let kept = refused(31_999, &|| morphology::remove_small_objects(&mask, 9, Connectivity::Four));
    assert!(kept.contains("the size of each region takes 32004 bytes"), "{kept}");
    let flooded =
        refused(31_999, &|| segmentation::watershed(&mask, None, None, Connectivity::Four));
    assert!(flooded.contains("a word for each pixel takes 32000 bytes"), "{flooded}");
}
