// One page of a file of Cucumber Messages: node cucumber_page.mjs MESSAGES PAGE
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { CucumberHtmlStream } from "@cucumber/html-formatter";

const [messages, page] = process.argv.slice(2);

async function* envelopes() {
  for await (const line of createInterface({ input: createReadStream(messages) })) {
    yield JSON.parse(line);
  }
}

await pipeline(envelopes, new CucumberHtmlStream(), createWriteStream(page));
