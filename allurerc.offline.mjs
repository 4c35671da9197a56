// Allure's report without its call to an analytics server: a report on disk asks no network.
import AwesomePlugin from "@allurereport/plugin-awesome";

const analytics =
  /<script async src="https:\/\/www\.googletagmanager\.com[^]*?<\/script>\s*<script>[^]*?<\/script>/;

const offline = (files) => ({
  addFile: (name, content) =>
    files.addFile(
      name,
      name === "index.html" ? Buffer.from(content.toString("utf8").replace(analytics, "")) : content,
    ),
});

export default class OfflineAwesomePlugin extends AwesomePlugin {
  constructor(options) {
    super(options);
    const { done } = this;
    this.done = (context, store) =>
      done({ ...context, reportFiles: offline(context.reportFiles) }, store);
  }
}
