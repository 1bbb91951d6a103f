// The search page, used: words of titles find their texts, by double click and over http,
// and what it shows passes axe-core.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { lookWithAxe } from "./axe.mjs";
import { launch, listen } from "./browser.mjs";
import { serve } from "./site.mjs";

const PAGE = "zoek.html";

export async function checkSearch(site, report) {
  if (!site.has(PAGE)) return;
  const server = await serve(site);
  const browser = await launch();
  const file = pathToFileURL(path.join(site.root, PAGE)).href;
  try {
    for (const [where, url] of [["file://", file], ["http", server.url + PAGE]]) {
      const page = await browser.newPage();
      const hear = listen(page);
      for (const { title, href } of await titles(page, url)) {
        await page.goto(url, { waitUntil: "load" });
        const word = longest(title);
        report.look("search", `${where} “${word}”`, await found(page, word, href));
      }
      report.look("search", `${where} nothing`, await nothing(page, url));
      report.look("search", `${where} quiet`, hear.heard);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/** Returns some texts of the register, from its whole length. */
async function titles(page, url) {
  await page.goto(url.replace(PAGE, "register.html"), { waitUntil: "load" });
  const all = await page.$$eval("main section li a", (links) =>
    links.map((link) => ({ title: link.textContent, href: link.getAttribute("href") })),
  );
  const step = Math.max(1, Math.floor(all.length / 8));
  return all.filter((_, at) => at % step === 0).slice(0, 8);
}

const longest = (title) => title.split(/[^\p{L}\p{N}’']+/u).sort((a, b) => b.length - a.length)[0];

/** Types a word, with capitals and without accents; its text is among the results. */
async function found(page, word, href) {
  const typed = word.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
  await page.fill("#zoek_veld", typed);
  const shown = page.locator("#zoek_lijst li a");
  try {
    await shown.first().waitFor({ timeout: 5000 });
  } catch {
    return ["nothing was found"];
  }
  for (let more = 0; more < 20; more += 1) {
    const places = await shown.evaluateAll((links) =>
      links.map((link) => decodeURIComponent(link.getAttribute("href").replace(/^\.\//, ""))),
    );
    if (places.includes(decodeURIComponent(href.replace(/^\.\//, "")))) {
      return [...(await look(page)), ...(await pieces(page))];
    }
    const before = places.length;
    if ((await page.locator("#zoek_meer").count()) === 0) return ["its text was not found"];
    await page.click("#zoek_meer");
    await page.waitForFunction(
      (count) => document.querySelectorAll("#zoek_lijst li").length > count,
      before,
    );
  }
  return ["its text was not among the first"];
}

/** A word that is nowhere gives an answer in words. */
async function nothing(page, url) {
  await page.goto(url, { waitUntil: "load" });
  await page.fill("#zoek_veld", "qqqxxxqqq");
  await page.waitForFunction(
    () => document.querySelector("#zoek_telling").textContent.includes("qqqxxxqqq"),
    null,
    { timeout: 5000 },
  );
  return (await page.locator("#zoek_lijst li").count()) === 0 ? look(page) : ["something was found"];
}

/** A sentence is one piece, but for what is marked in it: who hears the page goes by pieces. */
async function pieces(page) {
  const apart = await page.evaluate(() => {
    const words = (node) => node?.nodeType === Node.TEXT_NODE;
    return [...document.querySelectorAll("#zoek_lijst a, #zoek_lijst p")].some((part) =>
      [...part.childNodes].some((node) => words(node) && words(node.nextSibling)),
    );
  });
  return apart ? ["a sentence of a result stands in pieces"] : [];
}

// What is in the style sheets was looked at with the page; asking for them again is
// refused in a folder.
const look = (page) => lookWithAxe(page, { preload: false });
