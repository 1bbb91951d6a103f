// One browser for all suites, and pages that note everything they hear.

import os from "node:os";
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Looks at pages in one way, as many at a time as there are cores. */
export async function each(browser, options, names, look) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const waiting = [...names];
  const worker = async () => {
    const page = await context.newPage();
    const hear = listen(page);
    while (waiting.length > 0) {
      const name = waiting.shift();
      hear.clear();
      await look(page, name, () => hear.heard);
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  await context.close();
}

/** Notes what a page says, what did not load, and what it asks of others. */
export function listen(page) {
  const hear = { heard: [], clear: () => (hear.heard = []) };
  const say = (what) => hear.heard.push(what);
  let host = "";
  page.on("console", (message) => say(`console: ${message.text()}`));
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left does not wait for its picture in the tab.
    const left = request.failure()?.errorText === "net::ERR_ABORTED";
    if (!left) say(`did not load: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) say(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (request.isNavigationRequest()) host = url.host;
    if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.host !== host) {
      say(`asks another host: ${url.href}`);
    }
  });
  return hear;
}
