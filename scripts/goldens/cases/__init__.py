"""What is recorded, by scikit-image's modules: for each operation its function, and the inputs and options to call it with."""

from . import color, filters, measure, util

OPERATIONS = color.OPERATIONS | filters.OPERATIONS | measure.OPERATIONS | util.OPERATIONS
