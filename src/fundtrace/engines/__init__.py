"""Where functions run: in processes of this machine, or on a Dask cluster. Knows nothing of what they do."""

from fundtrace.engines.bounding import Bounds
from fundtrace.engines.local import Local, prepare, processors
from fundtrace.engines.opening import ENGINES, opened
from fundtrace.engines.running import Engine, Failed

__all__ = ["ENGINES", "Bounds", "Engine", "Failed", "Local", "opened", "prepare", "processors"]
