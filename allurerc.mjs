// How `npx allure generate reports/allure-results` and `npx allure serve reports/allure-results`
// make the report: one file, failures in the suite's own categories, earlier runs remembered.
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const categories = "reports/allure-results/categories.json";
const history = "reports/allure-history.jsonl";

// A run is remembered once, however often its report is made.
const changed = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

export default {
  name: "Acceptance report",
  output: "reports/allure-report",
  historyPath: history,
  historyLimit: 30,
  appendHistory: changed(categories) > changed(history),
  categories: existsSync(categories) ? JSON.parse(readFileSync(categories, "utf8")) : [],
  hideLabels: ["host", "thread", "framework", "language", "parentSuite", "suite", "subSuite"],
  plugins: {
    awesome: {
      import: fileURLToPath(new URL("allurerc.offline.mjs", import.meta.url)),
      options: {
        singleFile: true,
        reportLanguage: "en",
        theme: "light",
        groupBy: ["suite", "subSuite"],
      },
    },
  },
};
