FROM python:3.13-slim AS build
COPY app/requirements.txt app/requirements-replicas.txt /tmp/
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes \
       --requirement /tmp/requirements.txt --requirement /tmp/requirements-replicas.txt
WORKDIR /server
COPY app app
# Whoever runs the server reads these files, whatever rights they had where they came from, and
# cannot write byte code beside them.
RUN chmod -R a+rX . && python -m compileall -q .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /server
COPY --from=build /venv /venv
COPY --from=build /server /server
USER 10001:10001
EXPOSE 8000
# Without urllib, which would ask a proxy for the way to 127.0.0.1.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=2); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["python", "-m", "app", "--host", "0.0.0.0", "--port", "8000"]
