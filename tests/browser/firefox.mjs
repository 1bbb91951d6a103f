// Uses a locked page in Firefox: node firefox.mjs SITE CARDS
//
// What `locked.mjs` does in Chromium, for the other family of browsers; SITE and CARDS are
// the same. Every line is one thing somebody does; the exit code is 1 when one of them went
// another way than it should.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { start, traces } from "./lib/firefox.mjs";
import { axe, base, before, cards, end, header, hold, plan, port, site } from "./lib/cards.mjs";

const fox = await start({ "network.dns.localDomains": "noor.example,weg.example,elders.example" });
const key = async (words) => {
  await fox.type("#w", words);
  await fox.click("#b");
};
const opened = () => fox.until(() => document.querySelector("#afspraken")?.checkVisibility());
const locked = () => fox.until(() => document.getElementById("f")?.hidden === false);
const refused = async () => {
  await fox.until(() => document.getElementById("e")?.textContent);
  return fox.text("#e");
};
const look = async () => {
  await fox.send("WebDriver:ExecuteScript", { script: axe, args: [], sandbox: "axe" });
  const script = `const done = arguments[arguments.length - 1];
    axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((found) =>
      done(found.violations.map((one) => one.id + " " + one.nodes.map((node) => node.target).join(" ")).join("; ")), (why) => done(String(why)));`;
  return fox.send("WebDriver:ExecuteAsyncScript", { script, args: [], sandbox: "axe" });
};
const printed = async () => {
  const file = path.join(fox.downloads, "print.pdf");
  fs.writeFileSync(file, await fox.print());
  return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
};
const has = (secret) => fox.html().then((html) => html.includes(secret));

// Wrong words, with help; then Oma's, in her own way of typing.
await fox.goto(base);
hold("axe, locked", (await look()) === "", await look());
hold("locked, it prints nothing", (await printed()).trim() === "", await printed());
await key(`${cards.oma.words.replace(/^\S+/, "koelkas")}`);
let said = await refused();
hold("wrong words: a question", said.includes("Bedoel je “koelkast”"), said);
hold("axe, refused", (await look()) === "", await look());
hold("and the mark", await fox.eval(() => document.activeElement.id === "w" && document.activeElement.getAttribute("aria-invalid") === "true"));
// Firefox keeps what stands in forms, for after a crash: time enough to do so.
await new Promise((done) => setTimeout(done, 2500));
await fox.type("#w", `  ${cards.oma.words.toUpperCase().replaceAll(" ", ", ")}. `);
await new Promise((done) => setTimeout(done, 2500));
const most = cards.oma.words.split(" ").slice(1);
const early = traces(fox.profile, [most.join(" "), most.join(", ").toUpperCase()]);
hold("Firefox keeps tabs", traces(fox.profile, [base]).some((trace) => trace.file.includes("recovery")));
hold("typed words are on no disk", early.length === 0, JSON.stringify(early));
await fox.click("#b");
hold("Oma opens it", await opened(), await fox.text());
hold("and reads hers", (await fox.text("main")).includes(cards.oma.secret));
hold("not the school's", !(await has(cards.school.secret)));
hold("the focus is at the text", await fox.eval(() => document.activeElement.id === "main"));
hold("the picture shows", await fox.until(() => document.querySelector("img")?.naturalWidth === 40));
hold("no script of the text runs", await fox.eval(() => window.leak === undefined));
hold("the look of the theme is on", await fox.eval(() => getComputedStyle(document.body).backgroundColor === "rgb(255, 251, 245)"));
hold("axe, open", (await look()) === "", await look());
hold("the tab says nothing", !/Noor|plan/i.test(await fox.title()), await fox.title());
hold("open, it prints", (await printed()).includes("sleutel ligt onder"));
await fox.eval(() => [...document.querySelectorAll("main a")].find((link) => link.textContent === "Op papier").click());
let kept = "";
for (let tries = 0; tries < 50 && !kept; tries++) {
  await new Promise((done) => setTimeout(done, 100));
  const name = fs.readdirSync(fox.downloads).find((name) => name === "plan.pdf");
  if (name) kept = fs.readFileSync(path.join(fox.downloads, name), "utf8");
}
hold("a download is kept as it was", kept === "%PDF-1.7 het plan op papier", kept);
await fox.type("#zoek_veld", "CAFE dorp");
hold("search finds, whatever the accents", await fox.until(() => document.querySelectorAll("#zoek_lijst li").length === 1));
await fox.type("#zoek_veld", "leest graag");
hold("search knows nothing of others", await fox.until(() => document.querySelectorAll("#zoek_lijst li").length === 0));
const stored = () => fox.send("WebDriver:ExecuteAsyncScript", {
  script: `const done = arguments[0]; Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])
    .then((all) => done([localStorage.length, sessionStorage.length, document.cookie, ...all.map((one) => one.length)].join()), (why) => done(String(why)));`,
  args: [],
});
hold("nothing is stored", (await stored()) === "0,0,,0,0,0", await stored());
await fox.click("#k");
hold("locked again: nothing is left", (await locked()) && !(await has(cards.oma.secret)) && (await fox.eval(() => document.getElementById("w").value)) === "");

// The back button, and a tab that waits.
const jump = (minutes) => fox.eval((minutes) => {
  const later = new Date().getTime() + minutes * 60e3;
  window.Date.now = () => later;
}, minutes);
await key(cards.oma.words);
hold("open once more", await opened());
await fox.goto(`http://127.0.0.1:${port}/`);
await fox.back();
hold("back does not open it again", (await locked()) && !(await has(cards.oma.secret)));
await fox.goto(base);
await key(cards.oma.words);
await opened();
await jump(14);
await new Promise((done) => setTimeout(done, 6000));
hold("after 14 minutes still open", await has(cards.oma.secret));
await jump(16);
hold("after 15 minutes locked", (await locked()) && !(await has(cards.oma.secret)));

// The school has a link; leave quickly goes away for good.
await fox.goto(`${base}#s=${cards.school.link}`);
hold("the link opens for the school", (await opened()) && (await fox.text("main")).includes(cards.school.secret) && !(await has(cards.oma.secret)));
hold("its key leaves the address", (await fox.url()) === base, await fox.url());
await fox.click("#x").catch(() => {});
hold("leave quickly", !(await has(cards.school.secret).catch(() => false)));

// A card that ended; a bundle that was changed, swapped, put back from last week, is gone.
await fox.goto(base);
await key(cards.buur.words);
said = await refused();
hold("a card that ended says so", /voorbij/.test(said) && !(await has("Dit is voorbij")), said);
const bundle = `${cards.oma.bundle}.bin`;
for (const [how, bytes, sentence] of [
  ["with one bit other", (b) => { b[b.length >> 1] ^= 1; return b; }, /niet zoals/],
  ["cut in half", (b) => b.subarray(0, b.length >> 1), /niet zoals/],
  ["of another reader", () => fs.readFileSync(path.join(plan, `${cards.school.bundle}.bin`)), /niet zoals/],
  ["of last week", () => before(`${cards.earlier.bundle}.bin`), /niet zoals/],
  ["that is gone", () => null, /ophalen/],
]) {
  site.change = (name, b) => (name === bundle ? bytes(b) : undefined);
  await fox.goto(base);
  await key(cards.oma.words);
  said = await refused();
  hold(`a bundle ${how} stays shut`, sentence.test(said), said);
}
site.change = header((h) => { h.writeUInt32BE(2 ** 32 - 1, 6); return h.toString("base64"); });
await fox.goto(base);
hold("a header with too many rounds is told", /niet zoals/.test(await fox.text("#p")));
site.change = header((h) => { h[40] ^= 1; return h.toString("base64"); });
await fox.goto(base);
await key(cards.oma.words);
said = await refused();
hold("a header with another salt opens nothing", /passen niet/.test(said), said);
site.change = () => undefined;

// Without a secured line; without script; by double click.
await fox.goto(`http://noor.example:${port}/p/${cards.oma.plan}/`);
hold("without a secured line a sentence", (await fox.shows("#h")) && !(await fox.shows("#f")), await fox.text());
await fox.pref("javascript.enabled", false);
await fox.goto(`${base}?bare`);
hold("without script a sentence", (await fox.shows("noscript")) && !(await fox.shows("#f")));
await fox.pref("javascript.enabled", true);
await fox.goto(pathToFileURL(cards.oma.single).href);
await key("koelkas " + cards.oma.words);
said = await refused();
hold("file: help with slips", said.includes("Bedoel je “koelkast”"), said);
await key(cards.oma.words);
hold("file: opens", (await opened()) && (await fox.text("main")).includes(cards.oma.secret), await fox.text());
hold("file: the picture", await fox.until(() => document.querySelector("img")?.naturalWidth === 40));
await fox.click("#k");
hold("file: locks", (await locked()) && !(await has(cards.oma.secret)));
await fox.goto("about:blank");
await new Promise((done) => setTimeout(done, 1500));
await fox.quit();

// The profile on disk, word by word, packed files too. A link does stay in the history: the
// card says so.
const long = cards.oma.words.split(" ").filter((word) => word.length > 6);
const own = await start();
await own.goto("about:blank");
await own.quit();
const empty = new Set(traces(own.profile, long).map((trace) => trace.word));
const words = [cards.oma.secret, cards.school.secret, cards.oma.words, "Oma belt op maandag", "Plan van Noor", "CAFE dorp", ...long.filter((word) => !empty.has(word))];
const list = traces(fox.profile, ["aalbes"]).map((trace) => trace.file);
const found = traces(fox.profile, words).filter((trace) => !list.includes(trace.file));
hold("nothing in the profile", found.length === 0, JSON.stringify(found));
// That this can be seen at all: the address does stay in the history.
hold("though the address is", traces(fox.profile, [base]).length > 0);
for (const place of [fox.profile, fox.downloads, own.profile, own.downloads]) fs.rmSync(place, { recursive: true, force: true });
end();
