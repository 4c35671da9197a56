FROM python:3.13-slim AS build
COPY perf/requirements-locust.txt /tmp/requirements.txt
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes \
       --requirement /tmp/requirements.txt
WORKDIR /load
COPY driver driver
COPY dialects dialects
COPY perf/locustfile.py locustfile.py
# Whoever runs the load reads these files, whatever rights they had where they came from, and
# cannot write byte code beside them.
RUN chmod -R a+rX . && python -m compileall -q .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /load
COPY --from=build /venv /venv
COPY --from=build /load /load
USER 10001:10001
EXPOSE 8089
ENTRYPOINT ["python", "-m", "locust", "--locustfile", "locustfile.py"]
