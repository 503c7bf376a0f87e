"""What is recorded, by scikit-image's modules: for each operation its function, and the inputs and options to call it with."""

from . import color, exposure, feature, filters, measure, metrics, morphology, segmentation, thresholds, transform, util

OPERATIONS = (
    color.OPERATIONS
    | exposure.OPERATIONS
    | feature.OPERATIONS
    | filters.OPERATIONS
    | measure.OPERATIONS
    | metrics.OPERATIONS
    | morphology.OPERATIONS
    | segmentation.OPERATIONS
    | thresholds.OPERATIONS
    | transform.OPERATIONS
    | util.OPERATIONS
)
