// Every internal link leads to a file, every anchor to a place in it.

import path from "node:path";

const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

export function checkLinks(site, report) {
  const tags = new Map(site.html.map((name) => [name, readTags(site.read(name))]));
  const anchors = new Map([...tags].map(([name, list]) => [name, anchorsOf(list)]));
  for (const [name, list] of tags) {
    const findings = targets(list).flatMap((target) => follow(site, anchors, name, target));
    report.look("links", name, [...new Set(findings)]);
  }
  for (const name of site.files.filter((name) => name.endsWith(".css"))) {
    const urls = [...site.read(name).matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)];
    const findings = urls.flatMap(([, url]) => follow(site, anchors, name, url));
    report.look("links", name, findings);
  }
  const home = homeAddress(tags.get("index.html") ?? []);
  for (const name of site.files.filter((name) => name.endsWith(".xml"))) {
    const urls = [...site.read(name).matchAll(/https?:\/\/[^\s"'<>]+/g)].map(([url]) => url);
    const own = urls.filter((url) => home && url.startsWith(home));
    const findings = own.flatMap((url) =>
      follow(site, anchors, "index.html", unescapeHtml(url.slice(home.length)) || "index.html"),
    );
    report.look("links", name, findings);
  }
}

/** The absolute address of the site, when it has one. */
function homeAddress(list) {
  const link = list.find(({ name, attributes }) => name === "link" && attributes.rel === "canonical");
  const href = link?.attributes.href ?? "";
  return /^https?:/.test(href) ? href.replace(/[^/]*$/, "") : null;
}

function readTags(html) {
  const bare = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, "$1$3");
  return [...bare.matchAll(TAG)].map(([, name, rest]) => {
    const attributes = {};
    for (const [, key, a, b, c] of rest.matchAll(ATTRIBUTE)) {
      attributes[key.toLowerCase()] ??= unescapeHtml(a ?? b ?? c ?? "");
    }
    return { name: name.toLowerCase(), attributes };
  });
}

function unescapeHtml(text) {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function anchorsOf(list) {
  const anchors = new Set(["", "top"]);
  for (const { name, attributes } of list) {
    if (attributes.id) anchors.add(attributes.id);
    if (name === "a" && attributes.name) anchors.add(attributes.name);
  }
  return anchors;
}

function targets(list) {
  return list.flatMap(({ name, attributes: { href, src, srcset, action, content, ...rest } }) => {
    const found = [href, src].filter((target) => target !== undefined);
    if (name === "form" && action) found.push(action);
    for (const part of (srcset ?? "").split(",")) {
      const target = part.trim().split(/\s+/)[0];
      if (target) found.push(target);
    }
    const refresh = /refresh/i.test(rest["http-equiv"] ?? "") && /url=(.*)$/i.exec(content ?? "");
    if (refresh) found.push(refresh[1].trim());
    return found;
  });
}

/** Follows one link; returns what is in the way. */
function follow(site, anchors, from, target) {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return [];
  // The page for what is not there stands anywhere: it goes by the path of the site.
  const base = from === "404.html" && site.base;
  if (base && target.startsWith(base)) {
    return follow(site, anchors, "index.html", target.slice(base.length) || "index.html");
  }
  if (target.startsWith("/")) return [`${target} does not work below another base`];
  const [before, fragment = ""] = target.split(/#(.*)/s);
  let wanted;
  let anchor;
  try {
    wanted = decodeURIComponent(before.split("?")[0]);
    anchor = decodeURIComponent(fragment);
  } catch {
    return [`${target} cannot be read`];
  }
  const name = wanted === "" ? from : path.posix.join(path.posix.dirname(from), wanted);
  if (name.startsWith("..")) return [`${target} leaves the site`];
  if (!site.has(name)) {
    const folder = name.endsWith("/") || name === ".";
    return [folder ? `${target} is a folder: no double click opens it` : `${target} is not there`];
  }
  if (anchor && anchors.has(name) && !anchors.get(name).has(anchor)) {
    return [`${target}: no such place in ${name}`];
  }
  return [];
}
