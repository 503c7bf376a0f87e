"""What is recorded, by scikit-image's modules: for each operation its function, and the inputs and options to call it with."""

from . import color, exposure, filters, measure, metrics, morphology, segmentation, thresholds, transform, util

OPERATIONS = (
    color.OPERATIONS
    | exposure.OPERATIONS
    | filters.OPERATIONS
    | measure.OPERATIONS
    | metrics.OPERATIONS
    | morphology.OPERATIONS
    | segmentation.OPERATIONS
    | thresholds.OPERATIONS
    | transform.OPERATIONS
    | util.OPERATIONS
)
