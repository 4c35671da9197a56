// Allure's report without its call to an analytics server, for a report on disk asks no network; without
// the tabs that no run of this suite fills; and with scenarios in the order of their files, not in that
// in which they happened to start.
import AwesomePlugin from "@allurereport/plugin-awesome";

const analytics =
  /<script async src="https:\/\/www\.googletagmanager\.com[^]*?<\/script>\s*<script>[^]*?<\/script>/;
const orders = /d\("(widgets\/(?:[^"]+\/)?(?:tree|nav)\.json)","([^"]*)"/g;

const neverFilled = [
  ...["qualityGate", "globalAttachments", "globalErrors"].map((each) => `nav-tab-${each}`),
  ...["retries", "environments"].map((each) => `test-result-tab-${each}`),
];
const hidden = neverFilled.map((each) => `[data-testid="${each}"]`).join(",");
const style = `<style>${hidden} { display: none; }</style></head>`;

// The end of a description says where the scenario is: `features/placing_orders.feature:12`.
const placeOf = ({ description, start }) => {
  const [, file = "", line = 0] = /`([^`]+\.feature):(\d+)`\s*$/.exec(description ?? "") ?? [];
  return { file, line: Number(line), start: start ?? 0 };
};
const comparePlaces = (one, other) =>
  one.file.localeCompare(other.file, "en") || one.line - other.line || one.start - other.start;

const positionsOf = (results) =>
  new Map(
    results
      .map((each) => [each.id, placeOf(each)])
      .sort(([, one], [, other]) => comparePlaces(one, other))
      .map(([id], position) => [id, position]),
  );

const sortTree = ({ root, groupsById, leavesById }, positions) => {
  const at = (id) => positions.get(id) ?? positions.size;
  const sort = (group) => {
    const { groups = [], leaves = [] } = group;
    const begun = groups.map((id) => [id, sort(groupsById[id])]).sort(([, a], [, b]) => a - b);
    group.groups = begun.map(([id]) => id);
    group.leaves = [...leaves].sort((a, b) => at(a) - at(b));
    for (const id of group.leaves) leavesById[id].groupOrder = at(id) + 1;
    return Math.min(...begun.map(([, first]) => first), ...group.leaves.map(at));
  };
  sort(root);
};

const inFileOrder = (page, positions) =>
  page.replace(orders, (_, name, encoded) => {
    const data = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
    if (Array.isArray(data)) data.sort((a, b) => positions.get(a) - positions.get(b));
    else sortTree(data, positions);
    return `d("${name}","${Buffer.from(JSON.stringify(data)).toString("base64")}"`;
  });

const rewritten = (files, positions) => ({
  addFile: (name, content) => {
    if (name !== "index.html") return files.addFile(name, content);
    const quiet = content.toString("utf8").replace(analytics, "").replace("</head>", style);
    const page = inFileOrder(quiet, positions);
    return files.addFile(name, Buffer.from(page));
  },
});

export default class OfflineAwesomePlugin extends AwesomePlugin {
  constructor(options) {
    super(options);
    const { done } = this;
    this.done = async (context, store) => {
      const positions = positionsOf(await store.allTestResults());
      return done({ ...context, reportFiles: rewritten(context.reportFiles, positions) }, store);
    };
  }
}
