// Uses a locked page: node locked.mjs SITE CARDS
//
// SITE is what tests/locked.rs built, CARDS a file with what stands on the cards and where
// the blobs and single files are. Every line is one thing somebody does; the exit code is 1
// when one of them went another way than it should.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { axe, base, before, cards, end, header as other, hold, plan, port, site } from "./lib/cards.mjs";

const profile = fs.mkdtempSync(path.join(os.tmpdir(), "locked-"));
const options = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync",
    "--disable-background-networking", "--host-resolver-rules=MAP noor.example 127.0.0.1"],
};
const context = await chromium.launchPersistentContext(profile, options);
const away = (where) => where.route(/^https:\/\/(weg|elders)\.example\//, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>weg</title>weg" }));
await away(context);
const noise = [];
const fresh = async (url = base, where = context) => {
  const page = await where.newPage();
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(String(error)));
  await page.goto(url, { waitUntil: "load" });
  return page;
};
const type = async (page, words) => {
  await page.fill("#w", words);
  await page.click("#b");
};
const opened = (page) => page.waitForSelector("#afspraken", { timeout: 15000 }).then(() => true, () => false);
const refused = async (page) => {
  await page.waitForFunction(() => document.getElementById("e")?.textContent, null, { timeout: 15000 });
  return page.textContent("#e");
};
const look = async (page) => {
  await page.evaluate(axe);
  await page.waitForTimeout(50);
  const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return found.violations.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(" ")}`).join("; ");
};

// Size.
const html = fs.readFileSync(path.join(plan, "index.html"));
const script = /<script>([^]*)<\/script>/.exec(html)[1];
const size = zlib.gzipSync(script, { level: 9 }).length, whole = zlib.gzipSync(html, { level: 9 }).length;
hold(`script ${size} bytes gzipped`, size <= 3000, size);
hold(`page ${html.length} bytes, ${whole} gzipped`, html.length <= 12000, html.length);

// Oma, by keyboard, in her own way of typing.
let page = await fresh();
hold("axe, locked", !(await look(page)), await look(page));
hold("nothing of the plan shows", !/Noor|plan/i.test(await page.title() + await page.textContent("body")));
hold("what is typed is hidden", await page.evaluate(() => getComputedStyle(document.getElementById("w")).webkitTextSecurity) === "disc");
await page.focus("#w");
await page.keyboard.type(` ${cards.oma.words.toUpperCase().replaceAll(" ", ", ")}. `);
const begin = Date.now();
await page.keyboard.press("Enter");
hold("Oma opens it", await opened(page), await page.textContent("body"));
const took = Date.now() - begin;
hold(`in ${took} ms`, took < 3000, took);
hold("and reads hers", (await page.textContent("main")).includes(cards.oma.secret));
hold("not the school's", !(await page.content()).includes(cards.school.secret));
hold("the focus is at the text", await page.evaluate(() => document.activeElement.id === "main"));
await page.waitForFunction(() => document.querySelector("img").naturalWidth === 40, null, { timeout: 5000 }).then(() => hold("the picture shows", true), () => hold("the picture shows", false));
hold("no script of the text runs", (await page.evaluate(() => window.leak)) === undefined);
hold("the look of the theme is on", (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === "rgb(255, 251, 245)" && (await page.evaluate(() => getComputedStyle(document.querySelector("h1")).fontSize)) !== "32px");
hold("its letters too", await page.evaluate(() => document.fonts.ready.then(() => [...document.fonts].some((one) => one.family.includes("Atkinson")))));
hold("axe, open", !(await look(page)), await look(page));
await page.click("text=bij de afspraken");
hold("a link inside leaves no trace in the address", page.url() === base && (await page.evaluate(() => document.activeElement.id === "afspraken")), `${page.url()} ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80))}`);
const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Op papier")]);
hold("the booklet comes down", download.suggestedFilename() === "plan.pdf" && fs.readFileSync(await download.path(), "latin1").startsWith("%PDF-1.7 het plan"));
await download.delete();
hold("two things on paper to take along", (await page.locator(".downloads a").count()) === 2, await page.textContent("main"));
const [paper] = await Promise.all([page.waitForEvent("download"), page.click(".downloads a >> nth=0")]);
const printed = execFileSync("pdftotext", [await paper.path(), "-"], { encoding: "utf8" });
hold("the plan on paper is that of its reader", /onder de steen/.test(printed) && !/leest graag/.test(printed), paper.suggestedFilename());
await paper.delete();
await page.fill("#zoek_veld", "CAFE dorp");
hold("search finds, whatever the accents", (await page.locator("#zoek_lijst li").count()) === 1 && /: 1$/.test(await page.textContent("#zoek_aantal")), await page.textContent("#zoek_aantal"));
hold("axe, found", !(await look(page)), await look(page));
await page.click("#zoek_lijst a");
hold("and goes there", (await page.evaluate(() => document.activeElement.textContent)).includes("café"));
await page.fill("#zoek_veld", "leest graag");
hold("search knows nothing of others", (await page.locator("#zoek_lijst li").count()) === 0);
await page.click("a.term");
hold("the glossary came along", (await page.textContent("h1")) === "Woorden" && page.url() === base, await page.textContent("main"));
await page.click(".crumbs a");
hold("and the way back", (await page.textContent("h1")).includes("Plan van Noor"));
hold("agreements are still a table", (await page.getAttribute(".agreements", "role").catch(() => "none")) === "table");
hold("the tab says nothing", !/Noor/.test(await page.title()));
const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length].join());
hold("nothing is stored", kept === "0,0,,0,0", kept);
await page.emulateMedia({ media: "print" });
hold("open, it prints", await page.isVisible("#afspraken") && !(await page.isVisible("#x")));
await page.emulateMedia({ media: "screen" });
await page.click("#k");
await page.waitForSelector("#f:not([hidden])");
hold("locked again: nothing is left", !(await page.content()).includes(cards.oma.secret) && (await page.inputValue("#w")) === "");
await page.emulateMedia({ media: "print" });
hold("locked, it prints nothing", !(await page.isVisible("h1")));
await page.close();

// The school has a link.
page = await fresh();
await page.evaluate((hash) => { location.hash = hash; }, `#s=${cards.school.link}`);
hold("the link opens in a tab that is here already", await opened(page));
await page.close();
page = await fresh(`${base}#s=${cards.school.link}`);
hold("the link opens", await opened(page));
hold("for the school", (await page.textContent("main")).includes(cards.school.secret));
hold("its key leaves the address", page.url() === base, page.url());
await page.goto("https://weg.example/");
await page.goBack();
await page.waitForSelector("#f:not([hidden])");
hold("back does not open it again", !(await page.content()).includes(cards.school.secret));
await page.close();

// Idle: the clock jumps a quarter of an hour.
page = await context.newPage();
await page.clock.install();
await page.goto(base);
await type(page, cards.oma.words);
hold("open once more", await opened(page));
await page.clock.fastForward("14:00");
hold("after 14 minutes still open", await page.isVisible("#afspraken"));
await page.clock.fastForward("01:10");
await page.waitForSelector("#f:not([hidden])", { timeout: 5000 }).then(() => hold("after 15 minutes locked", true), () => hold("after 15 minutes locked", false));
await page.close();

// Leave quickly.
page = await fresh();
await page.click("#x");
hold("locked, leave quickly goes where the site says", await page.waitForURL("https://weg.example/").then(() => true, () => false));
await page.goto(base);
await type(page, cards.oma.words);
await opened(page);
await page.click("#x");
hold("open, it goes where the plan says", await page.waitForURL("https://elders.example/").then(() => true, () => false));
await page.close();

// Wrong words, with help.
page = await fresh();
const [first, ...rest] = cards.oma.words.split(" ");
const slip = first.slice(0, -2) + first.at(-1) + first.at(-2);
await type(page, [slip === first ? `${first}x` : slip, ...rest].join(" "));
let said = await refused(page);
hold("a slip gets a question", said.includes("Bedoel je") && said.includes(`“${first}”`), said);
hold("and the focus, and the mark", await page.evaluate(() => document.activeElement.id === "w" && document.activeElement.getAttribute("aria-invalid") === "true"));
hold("axe, refused", !(await look(page)), await look(page));
await type(page, "koelkast tuinhek");
await page.waitForFunction(() => /2/.test(document.getElementById("e").textContent));
hold("too few words are counted", true);
await type(page, cards.buur.words);
said = await refused(page);
hold("a card that ended says so", /voorbij/.test(said) && !(await page.content()).includes("Dit is voorbij"), said);
await page.close();
page = await fresh(`${base}#s=${"A".repeat(43)}`);
hold("a strange link is told", /link/.test(await refused(page)));
await page.close();

// Blobs that are changed, cut, swapped or gone.
const bundle = `${cards.oma.bundle}.bin`;
const theirs = fs.readFileSync(path.join(plan, `${cards.school.bundle}.bin`));
for (const [how, bytes] of [
  ["one bit other", (b) => { b[b.length >> 1] ^= 1; return b; }],
  ["its first byte other", (b) => { b[0] ^= 1; return b; }],
  ["its last byte other", (b) => { b[b.length - 1] ^= 1; return b; }],
  ["cut in half", (b) => b.subarray(0, b.length >> 1)],
  ["empty", () => Buffer.from(" ")],
  ["another reader's", () => theirs],
  ["gone", () => null],
]) {
  site.change = (name, b) => (name === bundle ? bytes(b) : undefined);
  page = await fresh();
  await type(page, cards.oma.words);
  said = await refused(page);
  hold(`a bundle ${how} stays shut`, (how === "gone" ? /ophalen/ : /niet zoals/).test(said), said);
  await page.close();
}
// The same from the week before: another card was made since, so all is of a later epoch.
site.change = (name) => (name === bundle ? before(`${cards.earlier.bundle}.bin`) : undefined);
page = await fresh();
await type(page, cards.oma.words);
hold("a bundle of last week under the name of today stays shut", /niet zoals/.test(await refused(page)));
await page.close();
site.change = (name) => (name === "index.html" ? before("index.html") : undefined);
page = await fresh();
await type(page, cards.oma.words);
hold("the header of last week finds nothing of today", /ophalen/.test(await refused(page)));
await page.close();

// A header that is changed: the page never opens, and never says nothing.
const where = { magic: 0, suite: 4, kdf: 5, plan: 12, epoch: 29, salt: 40, "number of slots": 62 };
const header = (how) => (site.change = other(how));
const bit = (at) => (h) => { h[at] ^= 1; return h.toString("base64"); };
const rounds = (n) => (h) => { h.writeUInt32BE(n, 6); return h.toString("base64"); };
const told = async (what) => {
  page = await fresh();
  if (await page.isVisible("#f")) {
    await type(page, cards.oma.words);
    said = await refused(page);
  } else said = await page.textContent("#p");
  hold(`a header with ${what} opens nothing`, /niet zoals|passen niet/.test(said) && !(await page.content()).includes(cards.oma.secret), said);
  await page.close();
};
for (const [what, at] of Object.entries(where)) {
  header(bit(at));
  await told(`another ${what}`);
}
for (const [what, how] of [
  ["four thousand million rounds", rounds(2 ** 32 - 1)],
  ["one round", rounds(1)],
  ["half of it gone", (h) => h.subarray(0, 700).toString("base64")],
  ["nothing in it", () => ""],
  ["no base64 in it", () => "*"],
]) {
  header(how);
  await told(what);
}
// Every slot with one bit other: in its mark, its nonce, its key, its seal.
for (const inside of [3, 40, 50, 90]) {
  header((h) => { for (let n = 0; n < 16; n++) h[63 + 92 * n + inside] ^= 1; return h.toString("base64"); });
  await told(`byte ${inside} of each slot other`);
}

const second = fs.readFileSync(path.join(plan, `${cards.oma.files[1].n}.bin`));
for (const [how, bytes] of [["changed", (b) => b.subarray(1)], ["swapped", () => second]]) {
  site.change = (name, b) => (name === `${cards.oma.files[0].n}.bin` ? bytes(b) : undefined);
  page = await fresh();
  await type(page, cards.oma.words);
  await opened(page);
  await page.waitForFunction(() => /niet zoals/.test(document.querySelector("img").alt));
  hold(`a ${how} picture says so, the text stays`, await page.isVisible("#afspraken"));
  await page.close();
}
site.change = () => undefined;

// Without script; without a secured line; with everything asked of this host only.
const plain = await chromium.launch(options);
const bare = await plain.newContext({ javaScriptEnabled: false });
page = await fresh(base, bare);
hold("without script a sentence", (await page.isVisible("noscript")) && !(await page.isVisible("#f")));
await bare.close();
page = await fresh(`http://noor.example:${port}/p/${cards.oma.plan}/`, plain.contexts()[0] ?? (await plain.newContext()));
hold("without a secured line a sentence", (await page.isVisible("#h")) && !(await page.isVisible("#f")));
for (const way of [{ colorScheme: "dark" }, { forcedColors: "active" }, { viewport: { width: 320, height: 640 } }]) {
  const one = await plain.newContext(way);
  page = await fresh(base, one);
  const found = await look(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  hold(`axe, ${JSON.stringify(way)}`, !found && !wide, found);
  await one.close();
}

// The single file, by double click.
const single = await plain.newContext();
page = await fresh(pathToFileURL(cards.oma.single).href, single);
await type(page, "koelkas " + cards.oma.words);
said = await refused(page);
hold("file: help with slips", said.includes("Bedoel je “koelkast”"), said);
await type(page, cards.oma.words);
hold("file: opens", await opened(page));
await page.waitForFunction(() => document.querySelector("img").naturalWidth === 40).then(() => hold("file: the picture", true), () => hold("file: the picture", false));
hold("file: reads hers", (await page.textContent("main")).includes(cards.oma.secret));
await page.click("#k");
await page.waitForSelector("#f:not([hidden])");
hold("file: locks", !(await page.textContent("main")).includes(cards.oma.secret));
await plain.close();

hold("only this host was asked", site.asked.every((url) => url.startsWith("/")));
const strange = noise.filter((line) => !/404|blocked|Refused|Executing inline|violates|frozen/i.test(line));
hold("the console is quiet", strange.length === 0, strange.join(" | "));
await context.close();

// The profile on disk, word by word. A link does stay in the history: the card says so.
const words = [cards.oma.secret, cards.school.secret, cards.oma.words, "Oma belt op maandag", "Plan van Noor", ...cards.oma.words.split(" ").filter((word) => word.length > 6)];
const list = ["aalbes", "koelkast", "tuinhek"];
const walk = (dir, profile = dir, traces = []) => {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) walk(file, profile, traces);
    else if (entry.isFile()) {
      const bytes = fs.readFileSync(file);
      // The list of all words, asked for after a slip, tells nothing of the six.
      if (bytes.includes("/p/words.txt") && list.every((word) => bytes.includes(word))) continue;
      for (const word of words)
        if (bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le"))) traces.push({ word, file: path.relative(profile, file) });
    }
  }
  return traces;
};
// Words a browser uses of itself ("element") are found in the profile of who opened nothing.
const empty = fs.mkdtempSync(path.join(os.tmpdir(), "locked-"));
await (await chromium.launchPersistentContext(empty, options)).close();
const own = new Set(walk(empty).map((trace) => trace.word));
const traces = walk(profile).filter((trace) => !own.has(trace.word)).map((trace) => `${trace.file}: ${trace.word}`);
for (const place of [profile, empty]) fs.rmSync(place, { recursive: true, force: true });
hold("nothing in the profile", traces.length === 0, traces.join(" | "));
end();
