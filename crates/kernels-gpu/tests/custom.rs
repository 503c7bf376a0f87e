//! Kernels that users bring: what is read off a shader, what is refused, what runs.

mod oracle;
mod support;

use oracle::Samples;
use support::{download, require_gpu, upload};
use tagswitch_kernels_gpu::custom::{CustomKernel, Dimension, Element, Shader, Value};
use tagswitch_kernels_gpu::{GpuError, Shape};

const SCALE: &str = "
struct Params { factor: f32, source_width: u32, height: u32, tint: vec3<f32> }
@group(0) @binding(4) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> source: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
var<workgroup> tile: array<f32, 64>;
@compute @workgroup_size(8, 4, 2)
fn scale(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < params.source_width && id.y < params.height) {
    let i = id.y * params.source_width + id.x;
    result[i] = source[i] * params.factor;
  }
}";

fn declared(parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    parameters.iter().map(|(name, ty)| ((*name).to_owned(), (*ty).to_owned())).collect()
}

fn scale() -> CustomKernel {
    let declared = declared(&[("factor", "f32"), ("tint", "vec3f")]);
    CustomKernel::new("test.scale", SCALE, "scale.wgsl", &declared).unwrap()
}

#[test]
fn a_shader_says_what_it_reads_writes_and_is_told() {
    let kernel = scale();
    let Shader { entry, workgroup, inputs, output, parameters } = kernel.shader();
    assert_eq!((entry.as_str(), *workgroup), ("scale", [8, 4, 2]));
    assert_eq!(
        (inputs[0].name.as_str(), inputs[0].binding, inputs[0].element),
        ("source", 2, Element::F32)
    );
    assert_eq!((output.name.as_str(), output.binding), ("result", 3));
    let bound = parameters.as_ref().unwrap();
    assert_eq!((bound.binding, bound.uniform, bound.parameters.size), (4, true, 32));
    let fields: Vec<_> = bound
        .parameters
        .fields
        .iter()
        .map(|field| (field.name.as_str(), field.ty.as_str(), field.offset, field.value))
        .collect();
    assert_eq!(
        fields,
        [
            ("factor", "f32", 0, Value::Given),
            ("source_width", "u32", 4, Value::Dimension(Some(0), Dimension::Width)),
            ("height", "u32", 8, Value::Dimension(None, Dimension::Height)),
            ("tint", "vec3f", 16, Value::Given),
        ]
    );
}

#[test]
fn a_fault_has_its_place_in_characters() {
    let broken = SCALE.replace("result[i] =", "/* ä */ resolt[i] =");
    let error = CustomKernel::new("test.broken", &broken, "scale.wgsl", &[]).unwrap_err();
    assert_eq!(error.code(), "ERR_GPU_SHADER");
    let GpuError::Shader { fault, .. } = error else { panic!("another error: {error}") };
    assert_eq!(fault.place, Some((11, 13)));
    assert!(fault.message.contains("scale.wgsl:11:13"), "{}", fault.message);
}

#[test]
fn no_text_makes_it_panic() {
    // Every prefix, and every one without a byte.
    for end in 0..SCALE.len() {
        _ = CustomKernel::new("test", &SCALE[..end], "", &[]);
        _ = CustomKernel::new("test", &format!("{}{}", &SCALE[..end], &SCALE[end + 1..]), "", &[])
            .map_err(|error| assert_eq!(error.code(), "ERR_GPU_SHADER"));
    }
}

#[test]
fn it_runs_on_what_it_reads_and_on_nothing_else() {
    let Some(engine) = require_gpu() else { return };
    let kernel = scale();
    let shape = Shape { height: 3, width: 5, channels: 1 };
    let image = upload(&engine, &Samples::F32((0..15).map(|i| i as f32).collect()), shape);
    let bytes = upload(&engine, &Samples::U8(vec![0; 15]), shape);
    let params: Vec<u8> = [2.0_f32; 8].iter().flat_map(|value| value.to_ne_bytes()).collect();
    let scaled: Vec<f32> = download(&kernel.run(&[&image], &params, shape).unwrap());
    assert_eq!(scaled, (0..15).map(|i| 2.0 * i as f32).collect::<Vec<_>>());
    for (images, params) in [
        (&[&image][..], &params[..31]),
        (&[&image, &image][..], &params[..]),
        (&[][..], &params[..]),
        (&[&bytes][..], &params[..]),
    ] {
        assert_eq!(kernel.run(images, params, shape).unwrap_err().code(), "ERR_GPU_ARGUMENT");
    }
    let long = Shape { height: 65_535 * 4 + 1, width: 1, channels: 1 };
    assert_eq!(kernel.run(&[&image], &params, long).unwrap_err().code(), "ERR_GPU_ARGUMENT");
}
