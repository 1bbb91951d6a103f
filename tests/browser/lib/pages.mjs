// Every page in Chromium, the ways people see it. Every page in light, by double click and
// without JavaScript; one page of each kind and language in all other ways too, since they
// share their styles.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { lookWithAxe } from "./axe.mjs";
import { each, launch } from "./browser.mjs";
import {
  atFoot,
  closeNotes,
  complete,
  deadButtons,
  directions,
  focus,
  framed,
  lines,
  onPaper,
  scrolling,
  tangled,
  targets,
  textSpacing,
  twoColumns,
} from "./look.mjs";
import { address, serve } from "./site.mjs";

const NARROW = { width: 320, height: 640 };
/** A4 without its margins. */
const SHEET = { width: 658, height: 920 };

/** How a page is looked at: everything besides axe, scrolling and what it says. */
const WAYS = [
  { name: "light", options: { colorScheme: "light" }, all: true, more: [targets, framed, tangled, atFoot, closeNotes, directions, lines] },
  { name: "light, keyboard", options: { colorScheme: "light" }, axe: false, more: [focus] },
  { name: "dark", options: { colorScheme: "dark" }, more: [focus] },
  { name: "forced", options: { forcedColors: "active" }, axe: { system: true }, more: [focus] },
  { name: "320px", options: { viewport: NARROW }, more: [targets] },
  { name: "320px, every page", options: { viewport: NARROW }, all: true, axe: false, more: [tangled, twoColumns, lines] },
  {
    name: "text spacing",
    options: { viewport: NARROW, bypassCSP: true },
    axe: false,
    more: [textSpacing],
  },
  {
    name: "letters twice as large",
    options: { viewport: { width: 640, height: 800 }, bypassCSP: true },
    axe: false,
    before: (page) => page.addStyleTag({ content: "html{font-size:200%!important}" }),
    more: [],
  },
  {
    name: "letters twice as large, 320px",
    options: { viewport: NARROW, bypassCSP: true },
    axe: false,
    before: (page) => page.addStyleTag({ content: "html{font-size:200%!important}" }),
    more: [framed],
  },
  {
    name: "paper",
    options: { colorScheme: "dark", viewport: SHEET },
    before: (page) => page.emulateMedia({ media: "print" }),
    more: [onPaper],
  },
];

export async function checkPages(site, report, { few = false } = {}) {
  const server = await serve(site);
  const browser = await launch();
  const some = few ? [] : samples(site);
  try {
    for (const { name, options, all, axe, before, more } of WAYS) {
      const pages = all ? site.pages : some;
      await each(browser, options, pages, async (page, at, noise) => {
        await page.goto(server.url + address(at), { waitUntil: "load" });
        await before?.(page);
        const findings = axe === false ? [] : await lookWithAxe(page, axe);
        findings.push(...(await scrolling(page)));
        for (const look of more) findings.push(...(await look(page)));
        report.look(`pages ${name}`, at, [...findings, ...noise()]);
      });
    }
    // With an address of the site, the page for what is not there is for a host alone.
    const inFolder = site.pages.filter((name) => !(site.base && name === "404.html"));
    await each(browser, {}, inFolder, async (page, name, noise) => {
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

/** One page of each kind in each language, and every page that has a look of its own. */
function samples(site) {
  if (site.pages.length <= 30) return site.pages;
  const seen = new Map();
  for (const name of site.pages) {
    const html = site.read(name);
    const kind = /<body class="([^"]*)"/.exec(html)?.[1] ?? name;
    const lang = /<html lang="([^"]*)"/.exec(html)?.[1] ?? "";
    const key = `${kind} ${lang}`;
    // Of one kind the largest page holds most.
    if (!seen.has(key) || site.read(seen.get(key)).length < html.length) seen.set(key, name);
  }
  return [...seen.values()];
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
