// The checks are checked: a good page passes all of them, and each planted defect is
// found by the suite it is meant for. `node selftest.mjs`

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkHtml } from "./lib/html.mjs";
import { checkHtmlAgain } from "./lib/validate.mjs";
import { checkLinks } from "./lib/links.mjs";
import { checkPages } from "./lib/pages.mjs";
import { Report } from "./lib/report.mjs";
import { readSite } from "./lib/site.mjs";
import { DEFECTS, FILES, GOOD } from "./selftest/defects.mjs";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "boekje-selftest-"));
let failed = 0;
try {
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(root, name), text);
  fs.writeFileSync(path.join(root, "index.html"), GOOD);
  for (const { name, plant } of DEFECTS) {
    if (!plant) continue;
    const text = plant(GOOD);
    if (text === GOOD) throw new Error(`${name}: nothing was planted`);
    fs.writeFileSync(path.join(root, `${name}.html`), text);
  }
  const site = readSite(root);
  const report = new Report();
  checkHtml(site, report);
  checkHtmlAgain(site, report);
  checkLinks(site, report);
  await checkPages(site, report);
  const expect = (good, what) => {
    if (!good) {
      failed += 1;
      console.log(`  ${what}`);
    }
  };
  const passed = report.findings.filter(({ where }) => where === "index.html");
  expect(passed.length === 0, `the good page: ${JSON.stringify(passed)}`);
  for (const { name, file = `${name}.html`, suite, says } of DEFECTS) {
    const found = report.findings.some(
      (finding) => finding.suite === suite && finding.where === file && finding.what.includes(says),
    );
    const seen = report.findings.filter(({ where }) => where === file);
    expect(found, `${name} was not found by ${suite}; seen: ${JSON.stringify(seen)}`);
  }
  // What is meant for one way of looking is not there in another.
  const elsewhere = report.findings.find(
    ({ suite, where, what }) =>
      suite === "pages light" && where === "dark-contrast.html" && what.includes("contrast"),
  );
  expect(!elsewhere, "dark-contrast was found in light");
  console.log(`selftest: ${DEFECTS.length + 2 - failed} passed, ${failed} failed`);
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
