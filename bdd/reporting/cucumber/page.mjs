// One page of a file of Cucumber Messages: node page.mjs MESSAGES PAGE
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { CucumberHtmlStream } from "@cucumber/html-formatter";

// The page has no margins of its own, and its field for searching is wider than a narrow window.
const STYLE = `body { padding: 0 1rem 1rem }
  #content, #content input { box-sizing: border-box; min-width: 0; width: 100% }`;

const [messages, page] = process.argv.slice(2);

async function* envelopes() {
  for await (const line of createInterface({ input: createReadStream(messages) })) {
    yield JSON.parse(line);
  }
}

async function* spaced(chunks) {
  let head = true;
  for await (const chunk of chunks) {
    yield head ? String(chunk).replace("</head>", `<style>${STYLE}</style></head>`) : chunk;
    head &&= !String(chunk).includes("</head>");
  }
}

await pipeline(envelopes, new CucumberHtmlStream(), spaced, createWriteStream(page));
