// Looks at a built site: node check.mjs SITE
//
// --few looks at every page in light only: for a second booklet in the same clothes.
//
// Suites, each with a line of sums at the end; the exit code is 1 when one found something:
//   html     the W3C's Nu checker on every page, no message of any kind; XML well-formed
//   html again  html-validate on every page
//   links    every internal link, picture, style and anchor leads somewhere
//   weight   HTML, CSS, JS and fonts of every page, gzipped
//   pages    every page in Chromium, served with a strict policy: axe-core with all its
//            rules, console, other hosts, scrolling, targets; in dark, forced colours, 320
//            px, on paper, with wider text, larger letters and with the keyboard; by double
//            click (file://) and without JavaScript: complete, no button that does nothing
//   search   the search page, used: words of titles find their texts
//   leave    the button to leave quickly, used

import path from "node:path";
import { checkHtml } from "./lib/html.mjs";
import { checkHtmlAgain } from "./lib/validate.mjs";
import { checkLinks } from "./lib/links.mjs";
import { checkPages } from "./lib/pages.mjs";
import { checkSearch } from "./lib/search.mjs";
import { checkExit } from "./lib/exit.mjs";
import { checkWeight } from "./lib/weight.mjs";
import { readSite } from "./lib/site.mjs";
import { Report } from "./lib/report.mjs";

const [folder, how] = process.argv.slice(2);
if (!folder) {
  console.error("node check.mjs SITE [--few]");
  process.exit(2);
}
const site = readSite(path.resolve(folder));
if (site.pages.length === 0) {
  console.error(`${folder} holds no pages`);
  process.exit(2);
}
const report = new Report();
report.suite("html", () => checkHtml(site, report));
report.suite("html again", () => checkHtmlAgain(site, report));
report.suite("links", () => checkLinks(site, report));
report.suite("weight", () => checkWeight(site, report));
await checkPages(site, report, { few: how === "--few" });
await checkSearch(site, report);
await checkExit(site, report);
process.exit(report.end() ? 0 : 1);
