# BROWSER is the package of a browser: with it this is the image that drives the page.
ARG BROWSER=""

FROM python:3.13-slim AS build
ARG BROWSER
COPY requirements.txt requirements-page.txt /tmp/
# The pinned requirements also serve runs that start the server themselves. Here it is an address,
# so what only a server needs is taken away again.
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes \
       --requirement /tmp/requirements.txt \
    && pip --python /venv/bin/python uninstall --yes \
       fastapi fastapi-swagger httptools pydantic-settings starlette uvicorn websockets
RUN if [ -n "$BROWSER" ]; then \
        pip --python /venv/bin/python install --no-cache-dir --require-hashes \
            --requirement /tmp/requirements-page.txt; \
    fi
ENV PATH=/venv/bin:$PATH
WORKDIR /suite
COPY conftest.py pytest.ini ./
COPY docker/run_suite.py docker/hand_over.sh docker/
COPY bdd bdd
COPY driver driver
COPY cluster cluster
COPY dialects dialects
COPY perf perf
COPY step_defs step_defs
COPY features features
# Whoever runs the suite reads these files, whatever rights they had where they came from, and
# cannot write byte code beside them: collecting leaves what pytest makes of it.
RUN chmod -R a+rX . \
    && python -m compileall -q . \
    && pytest -p no:cacheprovider -n 0 --collect-only -qq features \
    && mkdir reports

FROM python:3.13-slim
ARG BROWSER
# Playwright brings a Node.js of its own, which is linked against libatomic.
RUN if [ -n "$BROWSER" ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends "$BROWSER" libatomic1 \
        && rm -rf /var/lib/apt/lists/*; \
    fi
ENV PATH=/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1
WORKDIR /suite
COPY --from=build /venv /venv
COPY --from=build /suite /suite
USER 10001:10001
ENTRYPOINT ["python", "docker/run_suite.py"]
