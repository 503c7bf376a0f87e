import type { BackendInfo, ImplementationInfo } from "../index.ts";

/** How an implementation runs, in a word or two. */
export function runs({ sync, async: later, conditional }: ImplementationInfo): string {
  const form = sync && later ? "both" : later ? "async" : "yes";
  return conditional ? `${form}, asks` : form;
}

/** Where a backend is from. */
export function origin({ name, origin: from }: Pick<BackendInfo, "name" | "origin">): string {
  if (from === undefined) return name === "default" ? "the library itself" : "registered by code";
  return `${from.package} ${from.version}${from.endorsed ? ", endorsed" : ""}`;
}
