// axe-core with every rule it has, also those it leaves off by itself: AAA, best practice,
// experimental.

import fs from "node:fs";
import { createRequire } from "node:module";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Says of any hidden part "look at it yourself": the other ways of looking do. */
const NOT = ["hidden-content"];
/** Colours that the reader's system chose are not ours to measure by AAA. */
const OURS = ["color-contrast-enhanced"];

/** Returns what axe finds on the page as it is now. */
export async function lookWithAxe(page, { system = false, preload = true } = {}) {
  await page.evaluate(axe);
  const off = system ? [...NOT, ...OURS] : NOT;
  const found = await page.evaluate(
    async ([off, preload]) => {
      const all = window.axe.getRules().map(({ ruleId, tags }) => {
        const enabled = !off.includes(ruleId) && !tags.includes("deprecated");
        return [ruleId, { enabled }];
      });
      const result = await window.axe.run(document, {
        rules: Object.fromEntries(all),
        resultTypes: ["violations"],
        preload,
      });
      return result.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.slice(0, 3).map((node) => node.target.join(" ")),
      }));
    },
    [off, preload],
  );
  return found.map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.join("; ")})`);
}
