"""The larger tools: collected when FUNDTRACE_ENGINES is set (`make test-engines`)."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("FUNDTRACE_ENGINES") else ["*"]
