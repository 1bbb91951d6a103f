// The built folder: which files there are, which are pages, and a small server for it.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** Reads the folder; paths have `/` and are relative to it. */
export function readSite(root) {
  const files = fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .sort();
  const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
  const html = files.filter((name) => name.endsWith(".html"));
  // A page that only sends on cannot be looked at: the browser leaves it at once.
  const sendsOn = (name) => /<meta[^>]+http-equiv=["']?refresh/i.test(read(name));
  return {
    root,
    files,
    html,
    pages: html.filter((name) => !sendsOn(name)),
    read,
    has: (name) => files.includes(name),
    base: html.includes("index.html") ? baseOf(read("index.html")) : null,
  };
}

/** The path of the site's own address, when it has one. */
function baseOf(home) {
  const canonical = /<link rel="canonical" href="https?:\/\/[^/"]+([^"]*)"/.exec(home);
  return canonical ? canonical[1].replace(/[^/]*$/, "") || "/" : null;
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".json": "application/json",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** The strictest policy a site like this can have. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Serves the site below the path of its address; else below a path of its own: it promises to
 * work under any base.
 */
export async function serve(site) {
  const base = site.base ?? "/ergens/onder/";
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const name = wanted.startsWith(base) ? wanted.slice(base.length) || "index.html" : "";
    if (wanted === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    if (!site.has(name)) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[path.extname(name)] ?? "application/octet-stream";
    const bytes = fs.readFileSync(path.join(site.root, name));
    const headers = { "content-type": type, "content-security-policy": POLICY };
    if (/text|xml/.test(type)) headers["content-encoding"] = "gzip";
    response.writeHead(200, headers).end(headers["content-encoding"] ? gzipSync(bytes) : bytes);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() };
}

/** Writes a page's name as an address. */
export const address = (name) => name.split("/").map(encodeURIComponent).join("/");
