"""What is done with each command that a document gives: the one place to add a new one to."""

import re
from dataclasses import dataclass

ONE = "viewed and new"
"""Selects one quick scenario, for commands that would run all of them."""


@dataclass(frozen=True)
class Runs:
    """It is run to its end. `more` is added to it, so that it is short; `-k` may select less."""

    says: str
    more: str = ""
    select: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Starts:
    """It is started, and ended when it says this."""

    says: str
    more: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Elsewhere:
    """It is not run here, and this is why."""

    because: str


Claim = Runs | Starts | Elsewhere

PASSED = r"\b1 passed\b"
CHECKED = r"\d+ files?, \d+ scenarios?, no problem"
REPORTED = r"Report: .*report\.html"
LISTENS = r"listening on http://"
BURST = r"orders placed, .* none lost"

DOCKER = Elsewhere("docker/verify.py does it, wherever Docker is")
POWERSHELL = Elsewhere("it is PowerShell's")
LOCUST = Elsewhere("it wants an environment of its own; docker/verify.py runs the load test")
OTHER_PROJECT = Elsewhere("it is of another project, the example of bdd/README.md")
CHECKS = Elsewhere("these checks themselves are part of it")
PROOF = Elsewhere("it takes minutes: `python run.py test --all` does it, tests/faults its parts")
INSTALLS = Elsewhere("`python run.py`, which is run here, does the same")

LONG_BENCH = Elsewhere("it takes minutes; another case is run here")
OWN_SERVER = Elsewhere("it is about a server of the reader's own: tests/dialects does it with four")
BROWSER = Elsewhere("it wants a browser and Playwright: tests/page does it")

CLAIMS: dict[str, Claim] = {
    "python run.py": Runs(REPORTED, select=ONE),
    "python run.py features --dry-run": Runs(CHECKED),
    "python run.py features features/cancelling_orders.feature": Runs(REPORTED),
    "python run.py features features/cancelling_orders.feature:12": Runs(PASSED),
    "python run.py serve": Starts(LISTENS, "--port 0"),
    "python run.py report": Runs("Report: .*index.html", needs=("node_modules",)),
    "python run.py cucumber": Runs("Report: .*cucumber.html", needs=("node_modules",)),
    "npx allure serve reports/allure-results": Starts("http://", needs=("node_modules",)),
    "pytest features/": Runs(PASSED, select=ONE),
    "pytest features/cancelling_orders.feature:12": Runs(PASSED),
    "pytest features/ -m smoke": Runs(PASSED, select=ONE),
    'pytest features/ --tags="@smoke and not @alone"': Runs(CHECKED, "--dry-run"),
    'pytest features --tags="@smoke and not @alone"': Runs(CHECKED, "--dry-run"),
    "pytest features/ --dry-run": Runs(CHECKED),
    "pytest features --dry-run": Runs(CHECKED),
    "pytest features/ -n 0": Runs(PASSED, select=ONE),
    "pytest --steps": Runs("such as: "),
    "pytest --steps-markdown docs/steps.md": Runs("written"),
    "pytest features --promises-markdown docs/promises.md": Runs("written"),
    "pytest --vscode-settings .vscode/settings.json": Runs("written"),
    "pytest features/ --base-url http://localhost:9000 --delay-min 0.1 --delay-max 1.0": Runs(
        PASSED, select=ONE
    ),
    "pytest features/ --dialect my-server.toml --base-url http://localhost:9000": Runs(
        PASSED, select=ONE
    ),
    "TRADING_API_KEY=… pytest features/ --base-url http://desk.example:8000": Runs(
        PASSED, select=ONE
    ),
    "pytest features/ --base-url http://localhost:9000": Runs(PASSED, select=ONE),
    'pytest features/ --server-command "node server.js"': OWN_SERVER,
    'pytest features/ --dialect FILE --server-command "…"': OWN_SERVER,
    "pytest features/placing_orders.feature --dialect my-server.toml "
    '--server-command "node server.js" -x': OWN_SERVER,
    "python -m perf": Runs(BURST, "--base-url http://localhost:9000 --orders 20"),
    "python -m perf --orders 2000 --base-url http://127.0.0.1:8000": Runs(BURST, "--orders 20"),
    "python -m perf --orders 2000 --base-url http://127.0.0.1:8000 --repeat 3": Runs(
        BURST, "--orders 20 --repeat 2"
    ),
    "python -m perf --dialect my-server.toml --base-url http://localhost:9000": Runs(
        BURST, "--orders 20"
    ),
    "TRADING_API_KEY=… python -m perf --base-url http://desk.example:8000": Runs(
        BURST, "--orders 20"
    ),
    "python -m app": Starts(LISTENS, "--port 0"),
    "python -m app --port 0": Starts(LISTENS),
    "TRADING_ALLOWED_ORIGINS=https://desk.example,http://desk.example:8443 python -m app": Starts(
        LISTENS, "--port 0"
    ),
    "TRADING_API_KEY=$(openssl rand -hex 24) python -m app --host 0.0.0.0": Starts(
        LISTENS, "--port 0"
    ),
    "python -m driver check FILE": Runs("can be used"),
    "python -m driver probe http://localhost:9000": Runs("a first dialect of", "probed.toml"),
    "python -m faults --serve NAME": Starts("http://", "--port 0"),
    "python -m perf.bench": Runs("start", "start --rounds 1 --seconds 1", needs=("wrk",)),
    "python run.py features --replicas 3": Runs(
        PASSED, select=ONE, needs=("redis-server", "haproxy")
    ),
    "pip install -r app/requirements-replicas.txt": Runs(""),
    "python -m cluster --replicas 3": Starts(
        LISTENS, "--port 0", needs=("redis-server", "haproxy")
    ),
    "TRADING_STORE=redis://127.0.0.1:6379 python -m app": Starts(
        LISTENS, "--port 0", needs=("redis-server",)
    ),
    "python -m perf.replicas": Runs(
        "orders per second", "--rounds 1 --seconds 1", needs=("wrk", "redis-server")
    ),
    "python -m pytest tests/project/every_command.py -n 0": CHECKS,
    "python run.py test": CHECKS,
    "python run.py test --all": CHECKS,
    "python run.py pin": Elsewhere("it asks the package index for newer versions"),
    "pip install -r requirements.txt": INSTALLS,
    "npm ci": Elsewhere("`python run.py report`, which is run here, does it where it is missing"),
    "apt-get install redis-server haproxy": Elsewhere("it changes the machine"),
    "git clone <this project>": Elsewhere("whoever reads this has done it"),
    "pip install -r requirements.txt -r requirements-page.txt": BROWSER,
    "pytest features/ --channel page": BROWSER,
    "python docker/verify.py": Elsewhere("it is a check of its own, beside this one"),
    "pytest features/lending.feature:12": OTHER_PROJECT,
    "python run.py pictures": Elsewhere(
        "it takes minutes and a browser, and changes the documents"
    ),
    "python -m perf.quickness": Elsewhere("it takes minutes: tests/perf/test_quickness.py"),
    'pytest features -m "not own_server"': Elsewhere(
        "it is for servers that run already: docker/verify.py does it on three replicas"
    ),
    "python -m perf.soak": Elsewhere("it takes minutes; tests/perf/soak does a short one"),
    "python -m perf.soak --minutes 10": Elsewhere("it takes minutes, as above"),
    "python -m perf.bench place view": LONG_BENCH,
    "python -m perf.bench tricks-place tricks-view tricks-fan-out "
    "--rounds 3 --seconds 2": LONG_BENCH,
    "python -m perf.bench --rounds 3 --guard": Elsewhere("it takes minutes; CI runs it"),
}
FAMILIES: dict[str, Claim] = {
    r"pytest --\w+-markdown|python -m driver check( my-server.toml)?": Elsewhere(
        "with a file it is run here"
    ),
    r"(\w+=\S+ )*docker .*": DOCKER,
    r"export .*": DOCKER,
    r"\$env:.*|Remove-Item .*|start .*": POWERSHELL,
    r"(\w+=\S+ )*(\S+ -m )?locust .*|\S*\.venv-locust\S* .*|python -m venv .*": LOCUST,
    r"… the same with .*": LOCUST,
    r"python -m perf\.page( --seconds 4)?": BROWSER,
    r"python -m faults(\.mutation|\.nemesis)?( (?!--serve).*)?": PROOF,
}

MISTAKES = {
    "pytest features/canceling_orders.feature": "did you mean cancelling_orders.feature?",
    "pytest features/cancelling_orders.feature:999": "there is no scenario at this line",
    "pytest features/cancelling_orders.feature:999 --dry-run": "there is no scenario at this line",
    "pytest features/ -m smok": "no scenario has the tag smok; did you mean smoke?",
    'pytest features/ --tags="@smok"': "no scenario has the tag smok; did you mean smoke?",
    "pytest features/ -k 'a new order'": "it cannot be read",
    "pytest features/ -m smoke -k nonsense": "-m smoke and -k nonsense: none of the",
    "pytest 'features/rejections.feature::A rejection'": "there is no scenario `A rejection`",
    "pytest features/COPY.FEATURE": "not a feature file by its name",
    "pytest features/copy.feature.txt": "not a feature file by its name",
    "python run.py feature": "there is no such file or folder; did you mean features?",
    "python run.py features featurs": "there is no such file or folder; did you mean features?",
}
"""Mistakes on the command line, and what the one sentence about each says."""


def claims_of(command: str) -> list[Claim]:
    """What claims a command; one thing should."""
    families = [claim for pattern, claim in FAMILIES.items() if re.fullmatch(pattern, command)]
    return [CLAIMS[command]] if command in CLAIMS else families
