import { conformance, runOn, TOLERANCES } from "./conformance.ts";

conformance("native", runOn("native"), {
  tolerance: TOLERANCES.native,
  refuses: [
    {
      titles: /(measure\.profileLine|transform\.integrate) /,
      reason: /does not implement this function/,
    },
    { titles: /exposure\.equalizeHist .*"mask"/, reason: /a mask: the kernel counts all pixels/ },
  ],
});
