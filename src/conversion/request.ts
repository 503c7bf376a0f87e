import type { TypeIdentifier } from "../type-identifier.ts";

/** A call whose arguments a backend needs converted. */
export interface ConversionRequest {
  /** The dispatchable's name, for messages. */
  readonly function: string;
  readonly backend: number;
  /** The dispatch arguments; `undefined` or `null` where missing. */
  readonly values: readonly unknown[];
  /** Indexes of those that the call changes. */
  readonly mutates: readonly number[];
  readonly copies: "allow" | "warn" | "forbid";
  /** Whether converters may answer with promises. */
  readonly asynchronous: boolean;
  /** Tag of the type that is asked for, whose values results stay; 0 for none. */
  readonly keepType: number;
  /** Where conversions are recorded. */
  readonly log: ConversionRecord[] | undefined;
}

/** One conversion of a traced call. */
export interface ConversionRecord {
  readonly from: TypeIdentifier;
  readonly to: TypeIdentifier;
  /** Bytes copied; `undefined` where the converter does not say. */
  readonly bytes: number | undefined;
  readonly milliseconds: number;
  /** Whether the value was kept from an earlier conversion. */
  readonly cached: boolean;
  /** 1 for the first copy of the object to this type, 2 for the second; 0 where nothing was copied. */
  readonly copy: number;
}
