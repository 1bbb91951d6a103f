// Firefox, spoken to in its own words (Marionette): no package lies between. `start` gives a
// browser with a profile of its own on disk; `traces` looks through what it wrote there.

import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Starts a Firefox. `prefs` go before those every test needs.
export const start = async (prefs = {}) => {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "firefox-"));
  const downloads = fs.mkdtempSync(path.join(os.tmpdir(), "kept-"));
  const all = {
    "marionette.port": 0,
    "app.normandy.enabled": false,
    "app.update.disabledForTesting": true,
    "browser.download.dir": downloads,
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": false,
    "browser.download.alwaysOpenPanel": false,
    "browser.sessionstore.interval": 1000,
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    "pdfjs.disabled": true,
    "toolkit.telemetry.reportingpolicy.firstRun": false,
    ...prefs,
  };
  const lines = Object.entries(all).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  fs.writeFileSync(path.join(profile, "user.js"), lines.join(""));
  const program = process.env.FIREFOX ?? "firefox-esr";
  const child = spawn(program, ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile], {
    stdio: "ignore",
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
  });
  const gone = new Promise((done) => child.on("exit", done));
  child.on("error", (why) => { console.log(`NOT Firefox starts: ${why}`); process.exit(1); });
  const port = await new Promise(async (done) => {
    for (let tries = 0; tries < 300; tries++) {
      try { return done(+fs.readFileSync(path.join(profile, "MarionetteActivePort"), "utf8")); } catch {}
      await pause(100);
    }
    done(0);
  });
  const browser = new Browser(net.connect(port, "127.0.0.1"), child, gone);
  Object.assign(browser, { profile, downloads });
  await browser.send("WebDriver:NewSession");
  return browser;
};

class Browser {
  constructor(socket, child, gone) {
    Object.assign(this, { socket, child, gone, count: 0, waiting: new Map(), rest: Buffer.alloc(0) });
    socket.on("data", (bytes) => this.#hear(bytes));
    socket.on("error", () => {});
  }

  // A message is its length, a colon, and JSON.
  #hear(bytes) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const colon = this.rest.indexOf(":"), end = colon + 1 + +this.rest.subarray(0, colon);
      if (colon < 0 || this.rest.length < end) return;
      const [, id, wrong, value] = [].concat(JSON.parse(this.rest.subarray(colon + 1, end)));
      this.rest = this.rest.subarray(end);
      this.waiting.get(id)?.(wrong, value);
      this.waiting.delete(id);
    }
  }

  send(name, what = {}) {
    const id = ++this.count, text = JSON.stringify([0, id, name, what]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, fail) => this.waiting.set(id, (wrong, value) => (wrong ? fail(new Error(`${name}: ${wrong.message}`)) : done(value && "value" in value ? value.value : value))));
  }

  goto(url) { return this.send("WebDriver:Navigate", { url }); }
  back() { return this.send("WebDriver:Back"); }
  url() { return this.send("WebDriver:GetCurrentURL"); }
  title() { return this.send("WebDriver:GetTitle"); }
  async find(css) {
    const found = await this.send("WebDriver:FindElement", { using: "css selector", value: css });
    return Object.values(found)[0];
  }
  async click(css) { return this.send("WebDriver:ElementClick", { id: await this.find(css) }); }
  async type(css, text) {
    const id = await this.find(css);
    await this.send("WebDriver:ElementClear", { id });
    return this.send("WebDriver:ElementSendKeys", { id, text });
  }

  // Runs a function in the page, by name of nothing outside it.
  eval(what, ...args) {
    const script = `return (${what}).apply(null, arguments)`;
    return this.send("WebDriver:ExecuteScript", { script, args });
  }
  // Waits until it is true; tells whether it came to that.
  async until(what, ...args) {
    for (let tries = 0; tries < 150; tries++) {
      if (await this.eval(what, ...args).catch(() => false)) return true;
      await pause(100);
    }
    return false;
  }
  text(css = "body") { return this.eval((css) => document.querySelector(css)?.textContent ?? "", css); }
  html() { return this.eval(() => document.documentElement.outerHTML); }
  shows(css) {
    return this.eval((css) => document.querySelector(css)?.checkVisibility() ?? false, css);
  }
  async print() { return Buffer.from(await this.send("WebDriver:Print"), "base64"); }

  // Sets a preference while it runs.
  async pref(name, value) {
    await this.send("Marionette:SetContext", { value: "chrome" });
    await this.eval((name, value) => Services.prefs.setBoolPref(name, value), name, value);
    await this.send("Marionette:SetContext", { value: "content" });
  }

  async quit() {
    await this.send("Marionette:Quit").catch(() => this.child.kill());
    await Promise.race([this.gone, pause(10000).then(() => this.child.kill("SIGKILL"))]);
  }
}

// Unpacks a block of LZ4: what Firefox keeps of tabs and forms is packed so.
const lz4 = (from, size) => {
  const out = Buffer.alloc(size);
  let at = 0, to = 0;
  const length = (n) => {
    if (n === 15) { let more; do { more = from[at++]; n += more; } while (more === 255); }
    return n;
  };
  while (at < from.length) {
    const token = from[at++], plain = length(token >> 4);
    from.copy(out, to, at, at + plain);
    at += plain;
    to += plain;
    if (at >= from.length) break;
    const back = from.readUInt16LE(at);
    at += 2;
    for (let n = length(token & 15) + 4; n > 0; n--, to++) out[to] = out[to - back];
  }
  return out;
};

// Returns the ways to see a file: as it is, and unpacked.
const views = (bytes) => {
  const all = [bytes];
  if (bytes.subarray(0, 7).toString("latin1") === "mozLz40") all.push(lz4(bytes.subarray(12), bytes.readUInt32LE(8)));
  for (const open of [zlib.gunzipSync, zlib.inflateSync]) try { all.push(open(bytes)); } catch {}
  return all;
};

// Returns where words stand in a folder, also packed, also as Firefox writes wide letters.
export const traces = (folder, words) => {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    for (const bytes of views(fs.readFileSync(file)))
      for (const word of words)
        if (bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le")) || bytes.includes(encodeURIComponent(word)))
          found.push({ word, file: path.relative(folder, file) });
  }
  return found;
};
