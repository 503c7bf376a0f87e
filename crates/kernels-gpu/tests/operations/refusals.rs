//! Arguments that do not fit.

use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian, Median};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{Shape, color, filters, measure, util};

use crate::oracle::Samples;
use crate::support::{require_gpu, upload};

#[test]
fn arguments_that_do_not_fit_are_refused() {
    let Some(engine) = require_gpu() else { return };
    let gray =
        upload(&engine, &Samples::F32(vec![0.0; 6]), Shape { height: 2, width: 3, channels: 1 });
    let rgb = upload(&engine, &Samples::U8(vec![0; 6]), Shape { height: 1, width: 2, channels: 3 });
    let code = |result: Result<
        tagswitch_kernels_gpu::GpuImage,
        tagswitch_kernels_gpu::GpuError,
    >| { result.map(|_| ()).unwrap_err().code() };
    let options = color::Label2Rgb {
        bg_label: 0,
        bg_color: None,
        colors: vec![],
        alpha: 0.3,
        image_alpha: 1.0,
        saturation: 0.0,
    };
    let argument = "ERR_GPU_ARGUMENT";
    let sobel = EdgeFilter::new(EdgeOperator::Sobel);
    assert_eq!(code(color::rgb2gray(&gray)), argument);
    assert_eq!(code(color::gray2rgb(&rgb)), argument);
    assert_eq!(code(filters::edges(&rgb, &sobel)), argument);
    assert_eq!(
        code(filters::edges(&gray, &EdgeFilter { axis: Some(2), ..sobel.clone() })),
        argument
    );
    assert_eq!(code(filters::laplace(&rgb)), argument);
    let median = Median::square(3, sobel.border);
    assert_eq!(code(filters::median(&rgb, &median)), argument);
    assert_eq!(code(filters::median(&gray, &Median { offsets: vec![], ..median })), argument);
    let wide = Median::square(33, sobel.border);
    assert_eq!(code(filters::median(&gray, &wide)), "ERR_GPU_UNSUPPORTED");
    assert_eq!(code(filters::gaussian(&gray, &Gaussian::new(f64::NAN, 4.0))), argument);
    assert_eq!(filters::threshold_histogram("h", &rgb, Some(256)).unwrap_err().code(), argument);
    assert_eq!(filters::threshold_mean(&rgb).unwrap_err().code(), argument);
    assert_eq!(code(util::greater(&rgb, 0.0)), argument);
    assert_eq!(code(measure::label(&rgb, 0, Connectivity::Eight)), argument);
    assert_eq!(code(color::label2rgb(&gray, None, &options)), argument);
    let labels = measure::label(&gray, 0, Connectivity::Eight).unwrap();
    assert_eq!(code(color::label2rgb(&labels, None, &options)), argument);
    let options = color::Label2Rgb { colors: vec![[0.0; 3]], ..options };
    assert_eq!(code(color::label2rgb(&labels, Some(&rgb), &options)), argument);
}
