// The live preview, used: node preview.mjs [BOEKJE]
//
// Starts `boekje serve` on a small folder of its own, types into its files and looks at
// what a browser shows. Every line is one thing somebody does or sees; the exit code is 1
// when one of them went another way than it should. --look FOLDER keeps pictures.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFileSync, spawn } from "node:child_process";
import { HtmlValidate } from "html-validate";
import { lookWithAxe } from "./lib/axe.mjs";
import { launch } from "./lib/browser.mjs";
import { focus, scrolling, targets, textSpacing } from "./lib/look.mjs";

const [program = "../../target/debug/boekje"] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const pictures = process.argv.includes("--look") ? process.argv[process.argv.indexOf("--look") + 1] : null;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "preview-"));
// The keys of readers stand apart from the texts, and from those of whoever runs this.
process.env.XDG_DATA_HOME = fs.mkdtempSync(path.join(os.tmpdir(), "preview-keys-"));
let failed = 0;
const hold = (what, right, found = "") => {
  console.log(`${right ? "ok  " : "NOT "} ${what}${right ? "" : `: ${found}`}`);
  failed += !right;
};

// The folder: short sentences, so that a page can be told from another.
const LONG = Array.from({ length: 30 }, (_, at) => `Alinea ${at + 1} gaat over geduld.`).join("\n\n");
const TABLE = "| Wie | Wat | Wanneer |\n| --- | --- | --- |\n| Noor | belt oma | maandag |\n";
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="9"/></svg>';
const FILES = {
  "site.md": "---\nsoort: site\ntitel: Samen\ntaal: nl\nthema stijl: klas\nsnel weg: https://weg.example/\n---\n",
  "index.md": "# Welkom\n\nFijn dat je er bent.\n",
  "themes/klas/theme.toml": 'name = "klas"\nparent = "verbinden"\n\n[colors.light]\npaper = "#FFFBF5"\n',
  "over.md": "# Over ons\n\nWij zijn met drie.\n\n![Een stip](stip.svg)\n",
  "stip.svg": DRAWING,
  "tips/kom-terug.md": `# Kom terug\n\nOok na ruzie.\n\n${LONG}\n`,
  "tips/luister.md": "# Luister eerst\n\nEn praat dan pas.\n",
  "tips/later.md": "---\nconcept: ja\n---\n\n# Voor later\n\nNog niet af.\n",
  // Longer than the window, as the others are: its foot is reached by scrolling.
  "tips/luister-ar.md": `---\ntaal: ar\n---\n\n# استمع أولا\n\n${"ثم تكلم.\n\n".repeat(8)}`,
  "plannen/noor.md": `---\nsoort: plan\ntitel: Rust voor Noor\nopenbaar: ja\nverzonnen: ja\nlezers: gezin, school\n---\n\n## Afspraken\n\n${TABLE}\n`,
};
const read = (name) => fs.readFileSync(path.join(dir, name), "utf8");
const write = (name, text) => {
  fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  fs.writeFileSync(path.join(dir, name), text);
};
const type = (name, from, to) => write(name, read(name).replace(from, to));
for (const [name, text] of Object.entries(FILES)) write(name, text);

/** Starts the preview; resolves when it says where it is. */
async function serve(port = 0) {
  const child = spawn(program, ["--taal", "nl", "kijk", dir, "--niet-openen", "--poort", String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((done, fail) => {
    const hear = (bytes) => {
      said += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) done(found[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", () => fail(new Error(said)));
  });
  const stop = () => new Promise((done) => child.on("exit", done) && child.kill("SIGKILL"));
  return { url, stop, port: Number(new URL(url).port) };
}

let server = await serve();
const browser = await launch();
const noise = [];
const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(String(error)));
  await page.route("https://weg.example/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>weg</title>weg" }));
  await page.goto(server.url + name);
  await page.waitForSelector("#_boekje");
  await page.evaluate(() => (window.first = true));
  return page;
};
const close = (page) => page.context().close();
const until = (page, test, value) => page.waitForFunction(test, value, { timeout: 15000 }).then(() => true, () => false);
const shows = (page, words) => until(page, (some) => document.querySelector("main").innerText.includes(some), words);
const barSays = (page, words) => until(page, (some) => document.getElementById("_boekje")?.innerText.includes(some), words);
const stood = (page) => page.evaluate(() => window.first === true);
const picture = (page, name) => pictures && page.screenshot({ path: path.join(pictures, `${name}.png`) });
const note = (page, name) => page.locator(`#_boekje-note-${name}`);
const summary = (page) => page.locator("#_boekje .sheet > summary");

try {
  await typing();
  await staying();
  await clothes();
  await drawings();
  await scripts();
  await searching();
  await problems();
  await others();
  await leaving();
  await sources();
  await readers();
  await booklets();
  await locks();
  await stumbling();
  await restarting();
  await looking();
} catch (error) {
  hold("goes to the end", false, error.stack);
} finally {
  await browser.close();
  await server.stop();
}
const strange = noise.filter((line) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|status of 404/.test(line));
hold("the console is quiet", strange.length === 0, strange.slice(0, 3).join(" | "));
fs.rmSync(dir, { recursive: true, force: true });
fs.rmSync(process.env.XDG_DATA_HOME, { recursive: true, force: true });
console.log(failed ? `${failed} went another way` : "all as it should be");
process.exit(failed ? 1 : 0);

/** A text is saved, and the page says the same. */
async function typing() {
  const page = await open("tips/kom-terug.html", { reducedMotion: "no-preference" });
  hold("the bar is there", await barSays(page, "Voorvertoning"));
  await page.evaluate(() => window.scrollTo(0, 400));
  await page.evaluate(() => (window.kept = [...document.querySelectorAll("main p")].at(-1)));
  const began = Date.now();
  type("tips/kom-terug.md", "Alinea 8 gaat over geduld.", "Alinea 8 gaat over wachten.");
  hold("a saved sentence shows", await shows(page, "over wachten"));
  console.log(`     after ${Date.now() - began} ms`);
  hold("without loading again", await stood(page));
  hold("what changed lights up", (await page.locator("._boekje-lit").innerText().catch(() => "")).includes("wachten"));
  await picture(page, "lit");
  hold("the place is kept", (await page.evaluate(() => scrollY)) === 400, await page.evaluate(() => scrollY));
  hold("what did not change is the same element", await page.evaluate(() => window.kept.isConnected));
  type("tips/kom-terug.md", "Alinea 2 ", "Iets nieuws\n\n- één\n- twee\n\nAlinea 2 ");
  hold("a list comes in", await shows(page, "één"));
  type("tips/kom-terug.md", "Iets nieuws\n\n- één\n- twee\n\n", "");
  hold("and leaves", await until(page, () => !document.querySelector("main").innerText.includes("Iets nieuws")));
  type("tips/kom-terug.md", "# Kom terug", "# Kom altijd terug");
  hold("the title of the window too", await until(page, () => document.title.startsWith("Kom altijd terug")));
  await page.evaluate(() => window.scrollTo(0, 0));
  type("tips/kom-terug.md", "Alinea 29 gaat", "Alinea 29 ging");
  await shows(page, "Alinea 29 ging");
  hold("a change out of sight is told", await note(page, "further").waitFor().then(() => true, () => false));
  await note(page, "further").getByRole("button", { name: "Laat zien" }).click();
  hold("and can be gone to", await until(page, () => scrollY > 200));
  // Many saves at once, as an editor does: half a file, no file, the file.
  for (let at = 0; at < 25; at += 1) write("tips/kom-terug.md", read("tips/kom-terug.md").slice(0, 60) + "\n".repeat(at));
  fs.rmSync(path.join(dir, "tips/kom-terug.md"));
  write("tips/kom-terug.md", FILES["tips/kom-terug.md"]);
  hold("the last save counts", await shows(page, "Alinea 30"));
  const fresh = await open("tips/kom-terug.html");
  const main = (one) => one.evaluate(() => document.querySelector("main").outerHTML.replace(/ class=""|\b_boekje-lit\b/g, "").replace(/ class=""/g, ""));
  hold("it is the page as it would be loaded", (await main(page)) === (await main(fresh)));
  await close(fresh);
  await close(page);
  const calm = await open("tips/luister.html");
  type("tips/luister.md", "En praat", "En vraag");
  await shows(calm, "En vraag");
  hold("nothing moves for who wants less motion", await calm.evaluate(() => document.getAnimations().length === 0));
  await close(calm);
}

/** Selection, focus and open parts stay. */
async function staying() {
  const page = await open("tips/kom-terug.html");
  await page.evaluate(() => {
    const text = [...document.querySelectorAll("main p")].find((one) => one.textContent.startsWith("Alinea 3 ")).firstChild;
    getSelection().setBaseAndExtent(text, 0, text, 8);
  });
  type("tips/kom-terug.md", "Alinea 3 gaat over geduld.", "Alinea 3 gaat over tijd.");
  hold("a change beside the selection", await shows(page, "Alinea 3 gaat over tijd"));
  hold("what was selected stays", (await page.evaluate(() => String(getSelection()))) === "Alinea 3");
  await page.locator("header a").first().focus();
  type("site.md", "titel: Samen", "titel: Samen sterk");
  hold("a menu changes", await until(page, () => document.querySelector("header").innerText.includes("Samen sterk")));
  hold("the focus stays", await page.evaluate(() => document.activeElement.closest("header") !== null));
  type("site.md", "titel: Samen sterk", "titel: Samen");
  await close(page);
}

/** Colours of the theme are typed: they change at once, and never without any. */
async function clothes() {
  const page = await open("tips/kom-terug.html");
  await page.evaluate(() => {
    window.seen = new Set();
    const look = () => {
      window.seen.add(getComputedStyle(document.body).backgroundColor);
      requestAnimationFrame(look);
    };
    look();
  });
  type("themes/klas/theme.toml", "#FFFBF5", "#F0F8FF");
  hold("a colour of the theme changes", await until(page, () => getComputedStyle(document.body).backgroundColor === "rgb(240, 248, 255)"));
  hold("without loading again", await stood(page));
  await page.waitForTimeout(200);
  const seen = await page.evaluate(() => [...window.seen].join(" / "));
  hold("and without a flash", seen === "rgb(255, 251, 245) / rgb(240, 248, 255)", seen);
  const sheets = await page.locator("link[rel=stylesheet]").count();
  type("themes/klas/theme.toml", "#F0F8FF", "#FFFBF5");
  await until(page, () => getComputedStyle(document.body).backgroundColor === "rgb(255, 251, 245)");
  await page.waitForTimeout(200);
  hold("old style sheets leave", (await page.locator("link[rel=stylesheet]").count()) === sheets);
  await close(page);
}

/** A drawing is drawn again. */
async function drawings() {
  const page = await open("over.html");
  const wide = (size) => until(page, (one) => document.querySelector("main img")?.naturalWidth === one, size);
  hold("a drawing shows", await wide(40));
  write("stip.svg", DRAWING.replaceAll("40", "60"));
  hold("drawn again, it shows so", await wide(60));
  hold("without loading again", await stood(page));
  await close(page);
}

/** What the scripts of the theme do goes on after a change. */
async function scripts() {
  const page = await open("plannen/noor.html");
  type("plannen/noor.md", TABLE, `${TABLE}| School | luistert | dinsdag |\n`);
  hold("a row comes in", await shows(page, "luistert"));
  hold("it is still a table to who hears it", await page.evaluate(() => [...document.querySelectorAll(".agreements tr")].every((row) => row.getAttribute("role") === "row")));
  await page.goto(`${server.url}over.html`);
  await page.evaluate(() => {
    window.prints = 0;
    window.print = () => (window.prints += 1);
  });
  await page.waitForSelector("#_boekje");
  type("over.md", "met drie", "met vier");
  await shows(page, "met vier");
  await page.locator("[data-print]").first().click();
  hold("printing works, once", (await page.evaluate(() => window.prints)) === 1);
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  await page.keyboard.press("Shift");
  hold("leaving works", await page.waitForURL("https://weg.example/").then(() => true, () => false));
  await close(page);
}

/** The search page: what is typed stays, and finds what was just written. */
async function searching() {
  const page = await open("zoek.html");
  await page.fill("#zoek_veld", "geduld");
  await until(page, () => document.querySelectorAll("#zoek_lijst li").length === 1);
  await page.evaluate(() => document.getElementById("zoek_veld").setSelectionRange(2, 4));
  type("tips/luister.md", "# Luister eerst", "# Luister met geduld");
  hold("search finds what was just written", await until(page, () => document.querySelectorAll("#zoek_lijst li").length === 2));
  const kept = await page.evaluate(() => [document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd].join());
  hold("what is typed stays, and the place in it", kept === "zoek_veld,geduld,2,4", kept);
  hold("without loading again", await stood(page));
  type("tips/luister.md", "# Luister met geduld", "# Luister eerst");
  await close(page);
}

/** What stood out, in the bar. */
async function problems() {
  const page = await open("tips/luister.html");
  hold("nothing stands out here", await barSays(page, "niets"));
  type("tips/luister.md", "pas.", "pas. Zie [daar](weg.md).");
  hold("a link to nothing is counted", await barSays(page, "hier: 1 keer let op"));
  hold("and said aloud", (await page.textContent("#_boekje [role=status]")).includes("1 keer let op"));
  const y = await page.evaluate(() => scrollY);
  await summary(page).focus();
  await page.keyboard.press("Enter");
  hold("opening it moves nothing", (await page.evaluate(() => scrollY)) === y);
  const one = page.locator("#_boekje .problem").first();
  const told = await one.innerText();
  hold("it says where, what stands there and what to do", /tips\/luister\.md, regel \d+/.test(told) && told.includes("[daar](weg.md)") && told.includes("Wat ik deed:") && told.includes("Wat jij kunt doen:"), told);
  await one.locator("summary").click();
  hold("and why", (await one.locator("details p").innerText()).length > 20);
  await picture(page, "problems");
  type("tips/luister.md", "pas. Zie", "pas, en zie");
  await shows(page, "pas, en zie");
  await page.waitForTimeout(300);
  hold("what is open stays open", await one.locator("details").evaluate((details) => details.open) && await page.locator("#_boekje .sheet").evaluate((sheet) => sheet.open));
  await page.locator("#_boekje .panel a, #_boekje .panel summary").first().focus();
  await page.keyboard.press("Escape");
  hold("Escape closes it, and the focus is at the bar", await page.evaluate(() => document.activeElement.matches("#_boekje .sheet:not([open]) > summary")));
  write("tips/luister.md", FILES["tips/luister.md"]);
  hold("put right, it is gone", await barSays(page, "niets"));
  await page.emulateMedia({ media: "print" });
  hold("it is not on paper", !(await page.locator("#_boekje").isVisible()));
  await close(page);
}

/** Another text changes: a word, or along. */
async function others() {
  const page = await open("tips/luister.html");
  type("tips/kom-terug.md", "Ook na ruzie.", "Juist na ruzie.");
  hold("another text is named", await note(page, "changed").waitFor().then(() => true, () => false) && (await note(page, "changed").innerText()).includes("“Kom terug”"));
  await picture(page, "changed");
  await note(page, "changed").getByRole("button", { name: "Sluit" }).click();
  hold("the word can be put away, the focus is at the bar", (await note(page, "changed").count()) === 0 && (await page.evaluate(() => document.activeElement.matches("#_boekje summary"))));
  type("tips/kom-terug.md", "Juist na ruzie.", "Ook na ruzie!");
  await note(page, "changed").getByRole("link", { name: "Laat zien" }).click();
  hold("and gone to", await page.waitForURL("**/tips/kom-terug.html").then(() => true, () => false) && (await shows(page, "Ook na ruzie!")));
  await page.waitForSelector("#_boekje");
  await summary(page).click();
  await page.getByLabel("Ga vanzelf mee").last().check();
  await page.keyboard.press("Escape");
  type("tips/luister.md", "En praat", "En lach");
  hold("or it goes along by itself", await page.waitForURL("**/tips/luister.html").then(() => true, () => false) && (await shows(page, "En lach")));
  const kept = await page.evaluate(() => [localStorage.length, document.cookie, Object.keys(sessionStorage).join()].join(";"));
  hold("only this tab remembers", kept === "0;;boekje.follow", kept);
  await close(page);
}

/** A page goes away, or elsewhere. */
async function leaving() {
  const page = await open("tips/luister.html");
  type("tips/luister.md", /^/, "---\nadres: hoor\n---\n");
  hold("a new address is followed", await page.waitForURL("**/tips/hoor.html").then(() => true, () => false));
  hold("and said", await barSays(page, "nieuw adres"));
  fs.rmSync(path.join(dir, "tips/luister.md"));
  hold("a page that is gone is told, with a way on", await note(page, "page").getByRole("link", { name: "voorpagina" }).waitFor().then(() => true, () => false));
  await picture(page, "gone");
  write("tips/luister.md", FILES["tips/luister.md"].replace(/^/, "---\nadres: hoor\n---\n"));
  hold("it comes back", await until(page, () => !document.getElementById("_boekje-note-page")));
  write("tips/luister.md", FILES["tips/luister.md"]);
  await page.waitForURL("**/tips/luister.html");
  await close(page);
}

/** From a passage to its line. */
async function sources() {
  const page = await open("tips/kom-terug.html");
  const line = 1 + read("tips/kom-terug.md").split("\n").findIndex((one) => one.startsWith("Alinea 4 "));
  await page.getByText("Alinea 4 gaat").click({ modifiers: ["Alt"] });
  hold("Alt and a click tell the line", await barSays(page, `tips/kom-terug.md, regel ${line}:`), await page.locator("#_boekje").innerText());
  hold("the passage is marked", (await page.locator("._boekje-picked").innerText()).startsWith("Alinea 4"));
  await picture(page, "source");
  await note(page, "source").getByRole("button", { name: "Sluit" }).click();
  hold("and not any more", (await page.locator("._boekje-picked").count()) === 0);
  await page.evaluate(() => {
    const text = [...document.querySelectorAll("main p")].find((one) => one.textContent.startsWith("Alinea 6 "));
    getSelection().selectAllChildren(text);
  });
  await page.keyboard.press("F2");
  hold("F2 takes what is selected", await barSays(page, `regel ${line + 4}:`), await page.locator("#_boekje").innerText());
  hold("and the focus is at its button", await page.evaluate(() => document.activeElement.matches("#_boekje-note-source button")));
  await page.keyboard.press("Escape");
  hold("Escape puts it away", (await note(page, "source").count()) === 0);
  await summary(page).click();
  await page.getByText("Alle stukken van deze bladzijde").click();
  await page.locator("#_boekje .passages li").first().waitFor();
  hold("all passages can be gone through", (await page.locator("#_boekje .passages li").count()) > 30);
  await picture(page, "passages");
  await page.goto(`${server.url}tips/index.html`);
  await page.waitForSelector("#_boekje");
  await page.locator("main .card p").first().click({ modifiers: ["Alt"] });
  hold("a card on a list tells the text it is of", await barSays(page, "tips/kom-terug.md, regel 1:"), await page.innerText("#_boekje"));
  await close(page);
}

/** As somebody else. */
async function readers() {
  const page = await open("tips/kom-terug.html");
  hold("what everybody sees has no banner", (await page.locator("#_boekje-private").count()) === 0);
  await summary(page).click();
  await page.locator("#_boekje nav").getByRole("link", { name: "gezin", exact: true }).click();
  await page.waitForURL("**/_boekje/as/**");
  await page.waitForSelector("#_boekje-private");
  hold("as the family: a banner", /Privé, niet gepubliceerd/.test(await page.innerText("#_boekje-private")) && /gezin/.test(await page.innerText("#_boekje-private")));
  await page.locator("main a, header a").filter({ hasText: "Tips" }).first().click();
  await page.waitForSelector("#_boekje-private");
  hold("walking on stays inside", page.url().includes("/_boekje/as/"), page.url());
  await close(page);
  const writer = await open("_boekje/as/schrijver/tips/later.html");
  await writer.waitForSelector("#_boekje-private");
  hold("who writes sees a draft, and why others do not", /staat niet op de site: /.test(await writer.innerText("#_boekje-private")), await writer.innerText("#_boekje-private"));
  await picture(writer, "draft");
  type("tips/later.md", "Nog niet af.", "Bijna af.");
  hold("and it follows", await shows(writer, "Bijna af."));
  await writer.goto(`${server.url}_boekje/as/schrijver/tips/index.html`);
  await writer.locator("._boekje-inside").waitFor();
  hold("a list says which texts stay inside", /^blijft binnen: /.test(await writer.locator("._boekje-inside").innerText()) && (await writer.locator("._boekje-inside").count()) === 1);
  await picture(writer, "stays");
  await writer.emulateMedia({ media: "print" });
  hold("on paper it still says private", await writer.locator("#_boekje-private").isVisible());
  await close(writer);
}

/** A booklet that stands open is made again. */
async function booklets() {
  const page = await open("tips/kom-terug.html");
  const asked = [];
  page.context().on("request", (request) => request.url().includes("/_boekje/booklet/") && asked.push(request.url()));
  await summary(page).click();
  const link = page.locator("#_boekje nav a[href$='.pdf']").first();
  hold("there is a booklet", (await link.count()) === 1);
  const [beside] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  const answer = await page.request.get(await link.evaluate((one) => one.href), { timeout: 120000 });
  hold("it is a PDF", (await answer.body()).subarray(0, 5).toString() === "%PDF-", answer.status());
  const before = asked.length;
  type("tips/kom-terug.md", "Alinea 5 gaat", "Alinea 5 ging");
  await shows(page, "Alinea 5 ging");
  for (let at = 0; at < 40 && asked.length === before; at += 1) await page.waitForTimeout(100);
  hold("it stands beside the page, and follows", asked.length > before, asked.join(" "));
  await beside.close();
  await close(page);
}

/** A card is tried before anything is published. */
async function locks() {
  write("plannen/dicht.md", "---\nsoort: plan\ntitel: Achter slot\nlezers: school\n---\n\n## Klas\n\nVoor: school\n\nEen stil hoekje om te lezen.\n");
  const card = execFileSync(program, ["--taal", "nl", "lezer", "erbij", dir, "school", "--plan", "plannen/dicht.md"], { encoding: "utf8" });
  const words = /woorden:\s+([a-z ]+)\n/.exec(card)[1];
  const page = await open("index.html");
  await summary(page).click();
  await page.getByRole("link", { name: "Achter slot" }).click();
  await page.fill("#w", words);
  await page.keyboard.press("Enter");
  hold("the words of a card open its page", await shows(page, "Een stil hoekje om te lezen."));
  hold("nothing of the preview stands in it", (await page.locator("#_boekje").count()) === 0);
  await close(page);
  const as = await open("_boekje/as/school/plannen/dicht.html");
  hold("looking as a reader shows what is behind the lock", await shows(as, "Een stil hoekje"));
  hold("with a banner", await until(as, () => document.getElementById("_boekje-private")?.innerText.includes("school")));
  hold("in the style that travels along", await as.evaluate(() => document.adoptedStyleSheets.length === 1 && document.body.className.includes("page-plan")));
  await as.fill("#zoek_veld", "hoekje");
  hold("search works", (await as.locator("#zoek_lijst li").count()) === 1);
  type("plannen/dicht.md", "Een stil hoekje", "Een zonnig hoekje");
  hold("it follows what is typed", await shows(as, "Een zonnig hoekje"));
  hold("without loading again", await stood(as));
  const amiss = await lookWithAxe(as, { preload: false });
  hold("and anybody can read it", amiss.length === 0, JSON.stringify(amiss).slice(0, 300));
  await picture(as, "behind");
  await close(as);
  fs.rmSync(path.join(dir, "plannen/dicht.md"));
}

/** A template that stumbles, and a folder that goes away. */
async function stumbling() {
  const page = await open("tips/kom-terug.html");
  write("themes/klas/kind/tip.html", "{% extends \"base.html\" %}\n{% block main %}{% if %}{% endblock %}\n");
  hold("a template that stumbles is told", await barSays(page, "hele boekje: 1 keer let op"));
  hold("with its place", await until(page, () => document.querySelector("#_boekje .panel").textContent.includes("themes/klas/kind/tip.html, regel 2")));
  hold("and the page stays whole", await shows(page, "Alinea 30"));
  write("themes/klas/kind/tip.html", '{% extends "base.html" %}\n\n\n{% block main %}{{ throw(message="x") }}{% endblock %}\n');
  hold("one that stumbles while a page is made too", await until(page, () => document.querySelector("#_boekje .panel").textContent.includes("themes/klas/kind/tip.html, regel 4")));
  const tale = await page.context().newPage();
  await tale.goto(`${server.url}_boekje/theme`);
  hold("it has a page with what stands there", await shows(tale, 'throw(message="x")') && await shows(tale, "themes/klas/kind/tip.html, regel 4"));
  const amiss = await lookWithAxe(tale, { preload: false });
  hold("and anybody can read it", amiss.length === 0, JSON.stringify(amiss).slice(0, 300));
  await tale.close();
  write("themes/klas/kind/tip.html", "{% extends \"base.html\" %}\n{% block main %}<h1>Eigen</h1>{% endblock %}\n");
  hold("put right, it counts", await until(page, () => document.querySelector("main").innerText.trim() === "Eigen"));
  fs.rmSync(path.join(dir, "themes/klas/kind"), { recursive: true });
  hold("taken away, the page is as it was", await shows(page, "Alinea 30"));
  hold("without loading again", await stood(page));
  fs.renameSync(dir, `${dir}-away`);
  hold("a folder that goes away is told", await barSays(page, "map met teksten is er even niet"));
  fs.renameSync(`${dir}-away`, dir);
  hold("and when it is back", await barSays(page, "map met teksten is er weer"));
  type("tips/kom-terug.md", "Alinea 9 gaat", "Alinea 9 ging");
  hold("and it goes on", await shows(page, "Alinea 9 ging"));
  await close(page);
}

/** The program stops and starts again. */
async function restarting() {
  const page = await open("tips/kom-terug.html");
  const { port } = server;
  await server.stop();
  hold("silence is told", await note(page, "line").waitFor().then(() => true, () => false) && (await note(page, "line").innerText()).includes("antwoordt even niet"));
  await picture(page, "silence");
  type("tips/kom-terug.md", "Alinea 1 gaat over geduld.", "Alinea 1 gaat over opnieuw beginnen.");
  server = await serve(port);
  hold("it comes back by itself", await shows(page, "opnieuw beginnen"));
  hold("and says so", await barSays(page, "boekje is er weer"));
  hold("without loading again", await stood(page));
  await close(page);
}

/** The markup of the bar and the banner, by html-validate. */
async function valid(page) {
  const html = await page.evaluate(() => ["_boekje-private", "_boekje"].map((id) => document.getElementById(id)?.outerHTML ?? "").join(""));
  const rules = new HtmlValidate({ extends: ["html-validate:recommended", "html-validate:a11y"], rules: { "valid-id": ["error", { relaxed: true }], "no-trailing-whitespace": "off", "attribute-boolean-style": "off" } });
  const { results } = rules.validateStringSync(html);
  return results.flatMap((one) => one.messages).map((one) => `${one.ruleId}: ${one.message}`);
}

/** Looks at the bar in all ways, closed and open, with a note. */
async function looking() {
  type("tips/luister.md", /pas\.|lach dan pas\./, "pas. Zie [daar](weg.md) en [hier](ook-weg.md).");
  const ways = { light: {}, dark: { colorScheme: "dark" }, forced: { forcedColors: "active" }, narrow: { viewport: { width: 320, height: 640 } }, low: { viewport: { width: 320, height: 256 } } };
  for (const [name, how] of Object.entries(ways)) {
    for (const [what, address] of [["page", "tips/luister.html"], ["draft", "_boekje/as/schrijver/tips/later.html"], ["list", "_boekje/as/schrijver/tips/index.html"], ["arabic", "tips/luister-ar.html"]]) {
      const page = await open(address, { bypassCSP: true, ...how });
      type("tips/kom-terug.md", /ruzie.*/, `ruzie, ${name} ${what}.`);
      await note(page, "changed").waitFor();
      await picture(page, `${name}-${what}`);
      const found = await lookWithAxe(page, { system: name === "forced", preload: false });
      await summary(page).click();
      await page.waitForTimeout(100);
      await picture(page, `${name}-${what}-open`);
      found.push(...(await lookWithAxe(page, { system: name === "forced", preload: false })), ...(await scrolling(page)), ...(await targets(page)), ...(await valid(page)));
      if (name !== "forced") found.push(...(await focus(page, 60)));
      found.push(...(await textSpacing(page)));
      hold(`${name}, ${what}: nothing found`, found.length === 0, [...new Set(found)].join(" | "));
      await close(page);
    }
  }
}
