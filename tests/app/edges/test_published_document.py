"""Schemathesis makes requests from the published OpenAPI document, right and wrong ones.

What the document allows has to be accepted, what it forbids rejected, and every answer has to be
as it says. FUZZ_EXAMPLES sets how many requests are tried for each call (CI takes more).
"""

import os
import subprocess
import sys

from tests.app.processes import ROOT, serving

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "10")
SECONDS = 900
NO_DELAY = {"TRADING_DELAY_MIN": "0", "TRADING_DELAY_MAX": "0"}


def test_the_server_is_as_its_document_says() -> None:
    with serving(**NO_DELAY) as server:
        options = ["--checks", "all", "--seed", "1", "--max-examples", EXAMPLES, "--no-color"]
        document = f"{server.url}/openapi.json"
        done = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", document, *options],
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=ROOT,
            timeout=SECONDS,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: 8" in done.stdout, done.stdout
