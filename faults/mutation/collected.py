"""To import this is to collect all features: for the process that others are copies of."""

import contextlib
import io
import os

import pytest

from faults.mutation.copied import ROOT

os.chdir(ROOT)
with contextlib.redirect_stdout(io.StringIO()):
    pytest.main(["features", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider"])
