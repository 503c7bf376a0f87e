"""What is recorded, by scikit-image's modules: for each operation its function, and the inputs and options to call it with."""

from . import color, exposure, filters, measure, morphology, segmentation, thresholds, util

OPERATIONS = color.OPERATIONS | exposure.OPERATIONS | filters.OPERATIONS | measure.OPERATIONS | util.OPERATIONS
from . import color, filters, measure, morphology, util

OPERATIONS = color.OPERATIONS | filters.OPERATIONS | measure.OPERATIONS | morphology.OPERATIONS | util.OPERATIONS
from . import color, filters, measure, segmentation, util

OPERATIONS = color.OPERATIONS | filters.OPERATIONS | measure.OPERATIONS | segmentation.OPERATIONS | util.OPERATIONS
from . import color, filters, measure, transform, util

OPERATIONS = color.OPERATIONS | filters.OPERATIONS | measure.OPERATIONS | transform.OPERATIONS | util.OPERATIONS
OPERATIONS = (
    color.OPERATIONS
    | exposure.OPERATIONS
    | filters.OPERATIONS
    | measure.OPERATIONS
    | morphology.OPERATIONS
    | segmentation.OPERATIONS
    | thresholds.OPERATIONS
    | util.OPERATIONS
)
