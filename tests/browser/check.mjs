// Looks at a built site: node check.mjs SITE
//
// Five suites, each with a line of sums at the end; the exit code is 1 when one of them
// found something:
//   html     the W3C's Nu checker on every page, no message of any kind; XML well-formed
//   pages    every page in Chromium: light, dark, forced colours, 320 px wide; over http
//            and by double click (file://); axe-core, console, other hosts, scrolling
//   links    every internal link, picture, style and anchor leads somewhere
//   search   the search page, used: words of titles find their texts
//   plain    every page without JavaScript: complete, and no button that does nothing

import path from "node:path";
import { checkHtml } from "./lib/html.mjs";
import { checkLinks } from "./lib/links.mjs";
import { checkPages } from "./lib/pages.mjs";
import { checkSearch } from "./lib/search.mjs";
import { readSite } from "./lib/site.mjs";
import { Report } from "./lib/report.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("node check.mjs SITE");
  process.exit(2);
}
const site = readSite(path.resolve(folder));
if (site.pages.length === 0) {
  console.error(`${folder} holds no pages`);
  process.exit(2);
}
const report = new Report();
report.suite("html", () => checkHtml(site, report));
report.suite("links", () => checkLinks(site, report));
await checkPages(site, report);
await checkSearch(site, report);
process.exit(report.end() ? 0 : 1);
