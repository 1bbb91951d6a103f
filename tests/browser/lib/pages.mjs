// Every page in Chromium, the ways people see it.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { address, serve } from "./site.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How a page is looked at. The contrast asked is AAA; system colours are the reader's. */
const WAYS = [
  { name: "light", options: { colorScheme: "light" }, enhanced: true },
  { name: "dark", options: { colorScheme: "dark" }, enhanced: true },
  { name: "forced", options: { forcedColors: "active" }, enhanced: false },
  { name: "320px", options: { viewport: { width: 320, height: 640 } }, enhanced: true },
];

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function checkPages(site, report) {
  const server = await serve(site);
  const browser = await chromium.launch({
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
  try {
    for (const way of WAYS) {
      await each(browser, way.options, site.pages, async (page, name, noise) => {
        await page.goto(server.url + address(name), { waitUntil: "load" });
        const findings = [...(await lookWithAxe(page, way)), ...(await scrolling(page)), ...noise()];
        report.look(`pages ${way.name}`, name, findings);
      });
    }
    await each(browser, {}, site.pages, async (page, name, noise) => {
      await page.goto(pathToFileURL(path.join(site.root, name)).href, { waitUntil: "load" });
      const styled = await page.evaluate(
        () => [...document.styleSheets].length >= document.querySelectorAll("link[rel=stylesheet]").length,
      );
      const findings = [...(await complete(page)), ...noise()];
      if (!styled) findings.push("a style sheet did not load");
      report.look("pages file://", name, findings);
    });
    await each(browser, { javaScriptEnabled: false }, site.pages, async (page, name, noise) => {
      await page.goto(server.url + address(name), { waitUntil: "load" });
      const findings = [...(await complete(page)), ...(await deadButtons(page)), ...noise()];
      report.look("pages without JavaScript", name, findings);
    });
    await wellFormed(browser, site, report);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Looks at all pages in one way, as many at a time as there are cores. */
async function each(browser, options, names, look) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const waiting = [...names];
  const worker = async () => {
    const page = await context.newPage();
    let heard = [];
    let host = "";
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`script: ${error.message}`));
    page.on("requestfailed", (request) => heard.push(`did not load: ${request.url()}`));
    page.on("response", (response) => {
      if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      if (request.isNavigationRequest()) host = new URL(request.url()).host;
      const url = new URL(request.url());
      if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.host !== host) {
        heard.push(`asks another host: ${url.href}`);
      }
    });
    while (waiting.length > 0) {
      const name = waiting.shift();
      heard = [];
      await look(page, name, () => heard);
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  await context.close();
}

async function lookWithAxe(page, way) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    async ([tags, enhanced]) => {
      const result = await window.axe.run(document, {
        runOnly: { type: "tag", values: tags },
        rules: {
          "target-size": { enabled: true },
          "color-contrast-enhanced": { enabled: enhanced },
        },
        resultTypes: ["violations"],
      });
      return result.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.slice(0, 3).map((node) => node.target.join(" ")),
      }));
    },
    [way.enhanced ? [...TAGS, "wcag2aaa"] : TAGS, way.enhanced],
  );
  return found.map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.join("; ")})`);
}

async function scrolling(page) {
  const [wide, room] = await page.evaluate(() => [
    document.scrollingElement.scrollWidth,
    document.scrollingElement.clientWidth,
  ]);
  return wide > room ? [`scrolls sideways: ${wide} px in ${room} px`] : [];
}

async function complete(page) {
  const main = page.locator("main");
  if ((await main.count()) !== 1) return ["has no main part"];
  const text = (await main.innerText()).trim();
  const findings = [];
  if (text.length === 0) findings.push("the main part is empty");
  if ((await main.locator("h1").count()) + (await page.locator("header h1").count()) === 0) {
    findings.push("has no h1");
  }
  return findings;
}

/** Without JavaScript a button outside a form does nothing: it may not be seen. */
async function deadButtons(page) {
  const findings = [];
  for (const button of await page.locator("button:not(form button), [onclick]").all()) {
    if (await button.isVisible()) findings.push(`a button does nothing: ${await button.innerText()}`);
  }
  return findings;
}

/** Feeds, sitemaps and drawings are XML that can be read. */
async function wellFormed(browser, site, report) {
  const page = await browser.newPage();
  for (const name of site.files.filter((name) => /\.(xml|svg|atom|rss)$/.test(name))) {
    const problem = await page.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, "application/xml");
      return read.querySelector("parsererror")?.textContent ?? null;
    }, site.read(name));
    report.look("xml", name, problem === null ? [] : [problem]);
  }
  await page.close();
}
