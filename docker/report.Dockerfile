FROM node:22-slim AS build
WORKDIR /report
COPY package.json package-lock.json ./
# What editors need of Gherkin, and tests of the page, is no part of a report.
RUN npm ci --ignore-scripts --no-audit --no-fund \
    && npm uninstall --no-save --ignore-scripts --no-audit --no-fund \
       @cucumber/gherkin-utils @cucumber/language-service axe-core
COPY allurerc.mjs allurerc.offline.mjs ./
COPY docker/hand_over.sh docker/hand_over.sh
RUN chmod -R a+rX . && mkdir reports

FROM node:22-slim
ENV HOME=/tmp
WORKDIR /report
COPY --from=build /report /report
USER 10001:10001
EXPOSE 5050
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:5050/').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/allure/cli.js"]
CMD ["serve", "reports/allure-results", "--port", "5050"]
