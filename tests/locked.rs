//! A locked page in a real browser: `tests/browser/locked.mjs` uses it the way readers do,
//! and the way people try who should not.
//!
//! Takes a browser, so it runs when asked: `cargo test --test locked -- --ignored`, as
//! `tests/run.sh` does. It ends quietly nowhere: without Node or Chromium it says so.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

use boekje::keys::{Change, PlanKeys, Ring, Term};
use boekje::lang::Lang;
use boekje::lock::{Kind, NoChance, Reader, list};
use boekje::output::locked::{Door, unlock_page};
use boekje::text::{base64, base64_url};
use jiff::civil::date;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A green square of one point.
const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\x80\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\
    \x01\0\x01\0\0\x02\x02D\x01\0;";

const PAPER: &[u8] = b"%PDF-1.7 het plan op papier";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn chance(bytes: &mut [u8]) -> Result<(), NoChance> {
    getrandom::fill(bytes).map_err(|_| NoChance)
}

/// Seals what one reader gets; returns its blobs with their names.
fn seal(
    plan: &PlanKeys,
    name: &str,
    secret: &str,
    ended: bool,
) -> Vec<(String, Vec<u8>)> {
    let reader = Reader::new(&plan.header, &plan.readers[name].key);
    let mut blobs = Vec::new();
    let mut files = Vec::new();
    for (inside, kind, file) in
        [(PICTURE, "image/gif", "stoel.gif"), (PAPER, "application/pdf", "plan.pdf")]
    {
        let name = reader.file_name(inside);
        let shut = reader.seal(Kind::File, &name, inside).unwrap();
        let key = base64(shut.key.bytes());
        files.push(serde_json::json!({"n": hex(&name), "k": key, "t": kind, "f": file}));
        blobs.push((hex(&name), shut.bytes));
    }
    let html = format!(
        "<!doctype html><html lang=nl><body><h1>Plan van Noor</h1><p>{secret}</p>\
         <p><a id=part-link href=\"#afspraken\">Afspraken</a> \
         <a id=paper data-b=1 href=\"#\">Op papier</a></p>\
         <img data-b=0 alt=\"een stoel\" onload=\"window.leak=1\">\
         <script>window.leak = 1</script>\
         <h2 id=afspraken>Afspraken</h2><p>Oma belt op maandag.</p></body></html>"
    );
    let bundle = serde_json::json!({
        "v": 1, "title": "Plan van Noor", "html": html, "files": files,
        "css": "body{background:rgb(1,2,3);color:#fff}a{color:#fff}",
        "expires": if ended { "2020-01-01" } else { "2999-01-01" },
    });
    let name = reader.bundle_name();
    let inside = bundle.to_string();
    let shut = reader.seal(Kind::Bundle, &name, inside.as_bytes()).unwrap();
    blobs.push((hex(&name), shut.bytes));
    blobs
}

fn publish(folder: &Path) {
    let mut ring = Ring::default();
    let term = Term { made: date(2026, 11, 22), until: None };
    let change = Change { words: 6, link: true, rounds: 1_000_000, term };
    let mut cards = serde_json::Map::new();
    for name in ["oma", "school", "buur"] {
        let card = ring.give("noor.md", name, &change, &mut chance).unwrap();
        let link = base64_url(card.link.as_ref().unwrap().bytes());
        let one = serde_json::json!({ "words": card.words.as_str(), "link": link });
        cards.insert(name.into(), one);
    }
    let plan = &ring.plans["noor.md"];
    let mut all = Vec::new();
    for (name, secret) in
        [("oma", "De sleutel ligt onder de steen."), ("school", "Noor leest graag.")]
    {
        let blobs = seal(plan, name, secret, false);
        cards[name]["blobs"] = blobs.iter().map(|(name, _)| name.as_str()).collect();
        cards[name]["secret"] = secret.into();
        all.extend(blobs);
    }
    all.extend(seal(plan, "buur", "Dit is voorbij.", true));
    for (name, bytes) in &all {
        fs::write(folder.join(format!("{name}.bin")), bytes).unwrap();
    }
    let words: Vec<&str> = list().collect();
    fs::write(folder.join("words.txt"), words.join("\n")).unwrap();
    let lang = Lang::dutch();
    let exit = "/weg";
    let door = Door { header: &plan.header, lang: &lang, exit, inside: None };
    fs::write(folder.join("index.html"), unlock_page(&door)).unwrap();
    let door = Door { inside: Some(&all), ..door };
    fs::write(folder.join("los.html"), unlock_page(&door)).unwrap();
    fs::write(folder.join("cards.json"), serde_json::to_vec(&cards).unwrap()).unwrap();
}

#[test]
#[ignore = "takes a browser"]
fn a_browser_opens_it_for_its_reader_and_for_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/locked.mjs");
    let done = Command::new("node").arg(script).arg(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned()
        + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
