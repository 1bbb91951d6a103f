// Opens a locked page with its words: node open.mjs FOLDER "WORDS" OUT
// FOLDER is what was published for one plan: index.html and its .bin files.
import { readFileSync, writeFileSync } from "node:fs";
const { subtle } = globalThis.crypto;
const [folder, words, out] = process.argv.slice(2);
const page = readFileSync(`${folder}/index.html`, "utf8");
const H = Buffer.from(/id="?v"?[^>]*>([^<]*)</.exec(page)[1], "base64");
if (H.length !== 1535 || H.toString("latin1", 0, 4) !== "BKJ1") throw "no header";
const rounds = H.readUInt32BE(6), plan = H.subarray(10, 26), epoch = H.subarray(26, 30);
const salt = H.subarray(30, 62);

// HKDF-SHA-256; info is "boekje/1 ", the purpose, the epoch.
const derive = async (key, salt, purpose, length) => {
  const info = Buffer.concat([Buffer.from(`boekje/1 ${purpose}`), epoch]);
  const from = await subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info };
  return Buffer.from(await subtle.deriveBits(how, from, length * 8));
};
const unlock = async (key, iv, shut, kind, name) => {
  const what = [Buffer.from("boekje/1\0"), plan, epoch, Buffer.from([kind]), name];
  const lock = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv, additionalData: Buffer.concat(what) };
  return Buffer.from(await subtle.decrypt(how, lock, shut));
};
const blob = async (name, kind, keyOf) => {
  const bytes = readFileSync(`${folder}/${name.toString("hex")}.bin`);
  const siv = bytes.subarray(0, 32), bound = Buffer.concat([name, siv]);
  const padded = await unlock(await keyOf(siv), Buffer.alloc(12), bytes.subarray(32), kind, bound);
  return padded.subarray(4, 4 + padded.readUInt32BE(0));
};

// 1. Words → secret → slot → the reader's key.
const norm = [...words.normalize("NFKC")].map((c) => c.toLowerCase()).join("")
  .replace(/\P{Alphabetic}/gu, "");
const typed = await subtle.importKey("raw", Buffer.from(norm), "PBKDF2", false, ["deriveBits"]);
const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
const secret = Buffer.from(await subtle.deriveBits(how, typed, 256));
const both = await derive(secret, salt, "slot", 64), tag = both.subarray(0, 32);
const slot = Array.from({ length: 16 }, (_, at) => H.subarray(63 + 92 * at, 155 + 92 * at))
  .find((slot) => slot.subarray(0, 32).equals(tag));
if (!slot) throw "these words open nothing";
const reader = await unlock(both.subarray(32), slot.subarray(32, 44), slot.subarray(44), 1, tag);

// 2. The reader's key → the bundle → its files.
const enc = await derive(reader, salt, "enc", 32);
const text = await blob(await derive(reader, salt, "name", 16), 2, (siv) => derive(enc, siv, "cek", 32));
writeFileSync(`${out}/bundle.json`, text);
for (const { n, k, f } of JSON.parse(text).files) {
  const inside = await blob(Buffer.from(n, "hex"), 3, () => Buffer.from(k, "base64"));
  writeFileSync(`${out}/${f.replaceAll(/[/\\]/g, "_")}`, inside);
}
