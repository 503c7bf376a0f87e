// Conversion of arguments and results: what registered converters do for a call, and what is kept of it.
export { conversionRefusal, convertValues, isConverted } from "./convert.ts";
export { type ConvertedCall, forgetConversions } from "./converted-call.ts";
export { type Converter, type ConverterDeclaration, registerConverter, registerLazyConverter } from "./converter.ts";
export type { ConversionRecord, ConversionRequest } from "./request.ts";
export { runConverted, runConvertedSteps } from "./result.ts";
