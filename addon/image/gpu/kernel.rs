//! Kernels that users bring.

use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Either, Uint8Array};
use napi_derive::napi;
use tagswitch_addon_values::error::Result;
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_kernels_gpu::custom::{CustomKernel, Element, Value};
use tagswitch_kernels_gpu::{GpuError, GpuImage, Shape};

use super::gpu_error;
use super::handle::GpuImageHandle;

/// A checked kernel.
#[napi]
pub struct GpuKernelHandle {
    kernel: CustomKernel,
}

/// Why a shader is no kernel.
#[napi(object, object_from_js = false)]
pub struct GpuShaderFault {
    /// What is wrong, and the line of the source with the place underlined.
    pub fault: String,
    /// From 1; absent for what is nowhere in particular.
    pub line: Option<u32>,
    /// From 1, in characters.
    pub column: Option<u32>,
}

/// A parameter that callers give.
#[napi(object)]
pub struct GpuKernelParameter {
    pub name: String,
    /// As WGSL names it, such as `f32` and `vec3i`.
    #[napi(js_name = "type")]
    pub ty: String,
    /// Bytes from the start of the struct; what is declared has none yet.
    pub offset: Option<u32>,
}

/// What a kernel's shader says of itself.
#[napi(object, object_from_js = false)]
pub struct GpuKernelShader {
    /// What the arrays of the input images hold.
    #[napi(ts_type = "(\"f32\" | \"i32\" | \"u32\")[]")]
    pub inputs: Vec<&'static str>,
    #[napi(ts_type = "\"f32\" | \"i32\"")]
    pub output: &'static str,
    /// Those that callers give.
    pub parameters: Vec<GpuKernelParameter>,
    /// Bytes of the struct of parameters.
    pub size: u32,
}

/// Checks WGSL and makes a kernel of it, without a GPU. `file` is what errors call the text.
#[napi(catch_unwind)]
pub fn gpu_kernel(
    name: String,
    wgsl: String,
    file: String,
    parameters: Vec<GpuKernelParameter>,
) -> Result<Either<GpuKernelHandle, GpuShaderFault>> {
    let declared: Vec<_> = parameters.into_iter().map(|one| (one.name, one.ty)).collect();
    match CustomKernel::new(&name, &wgsl, &file, &declared) {
        Ok(kernel) => Ok(Either::A(GpuKernelHandle { kernel })),
        Err(GpuError::Shader { fault, .. }) => {
            let (line, column) = fault.place.unzip();
            Ok(Either::B(GpuShaderFault { fault: fault.message, line, column }))
        }
        Err(error) => Err(gpu_error(error)),
    }
}

/// What the kernel's shader says of itself.
#[napi(catch_unwind)]
pub fn gpu_kernel_shader(kernel: &GpuKernelHandle) -> GpuKernelShader {
    let shader = kernel.kernel.shader();
    let parameters = shader.parameters.as_ref().map(|bound| &bound.parameters);
    let given = parameters.into_iter().flat_map(|all| &all.fields);
    let given = given.filter(|field| field.value == Value::Given).map(|field| GpuKernelParameter {
        name: field.name.clone(),
        ty: field.ty.clone(),
        // Kernels with larger structs are refused.
        offset: Some(field.offset as u32),
    });
    GpuKernelShader {
        inputs: shader.inputs.iter().map(|input| element(input.element)).collect(),
        output: element(shader.output.element),
        parameters: given.collect(),
        size: parameters.map_or(0, |all| all.size as u32),
    }
}

/// Records the kernel. `parameters` are the bytes of its struct, in which dimensions are filled in.
#[napi(catch_unwind)]
pub fn gpu_kernel_run(
    env: &Env,
    kernel: &GpuKernelHandle,
    #[napi(ts_arg_type = "readonly GpuImageHandle[]")] images: Vec<
        ClassInstance<'_, GpuImageHandle>,
    >,
    parameters: Uint8Array,
    geometry: Geometry,
) -> Result<GpuImageHandle> {
    let kernel = &kernel.kernel;
    let images: Vec<&GpuImage> =
        images.iter().map(|image| image.image(kernel.name())).collect::<Result<_>>()?;
    let shape =
        Shape { height: geometry.height, width: geometry.width, channels: geometry.channels };
    let result = kernel.run(&images, &parameters, shape).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, result))
}

fn element(element: Element) -> &'static str {
    match element {
        Element::F32 => "f32",
        Element::I32 => "i32",
        Element::U32 => "u32",
    }
}
