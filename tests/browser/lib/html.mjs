// The W3C's Nu checker: no message on any page, warnings included.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const jar = path.join(
  path.dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")),
  "build/dist/vnu.jar",
);

export function checkHtml(site, report) {
  const found = new Map(site.html.map((name) => [name, []]));
  for (const message of messages(site)) {
    const name = path.relative(site.root, decodeURIComponent(message.url.replace(/^file:/, "")));
    const what = `${message.subType ?? message.type}: ${message.message}`;
    const where = message.lastLine ? `line ${message.lastLine}: ` : "";
    const key = name.split(path.sep).join("/");
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(where + what);
  }
  for (const [name, findings] of found) report.look("html", name, findings);
}

function messages(site) {
  const all = [];
  // The command line of some systems is short.
  for (let at = 0; at < site.html.length; at += 200) {
    const files = site.html.slice(at, at + 200).map((name) => path.join(site.root, name));
    const run = spawnSync(
      "java",
      ["-Xss8m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", ...files],
      { encoding: "utf8", maxBuffer: 1 << 28 },
    );
    if (run.error || run.status !== 0 || !run.stdout.startsWith("{")) {
      throw new Error(`the Nu checker did not run: ${run.error ?? run.stderr}`);
    }
    all.push(...JSON.parse(run.stdout).messages);
  }
  return all;
}
