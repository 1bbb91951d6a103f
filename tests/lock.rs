//! A stranger opens what we locked: `tests/lock/open.mjs` knows only `docs/format.md` and
//! the cryptography of Node, and none of our code.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

use boekje::lock::{Header, Key, Kind, NoChance, Reader, Secret, norm, pick};
use boekje::text::base64;
use std::fs;
use std::path::Path;
use std::process::Command;

const PICTURE: &[u8] = &[0xff, 0xd8, 0, 1, 2, 3, 0xff, 0xd9];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Publishes a plan with one bundle and one picture; returns the words.
fn publish(folder: &Path, bundle: &serde_json::Value) -> String {
    let mut chance = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| NoChance);
    let mut header = Header::by_chance(100_000, &mut chance).unwrap();
    let key = Key::by_chance(&mut chance).unwrap();
    let words = pick(6, &mut chance).unwrap();
    header.epoch = 7;
    header.slots[11] =
        Secret::of_words(&words, &header).slot(&key, &header, &mut chance).unwrap();
    let reader = Reader::new(&header, &key);
    let name = reader.file_name(PICTURE);
    let picture = reader.seal(Kind::File, &name, PICTURE).unwrap();
    fs::write(folder.join(format!("{}.bin", hex(&name))), picture.bytes).unwrap();
    let mut bundle = bundle.clone();
    bundle["files"] = serde_json::json!([{
        "n": hex(&name), "k": base64(picture.key.bytes()), "t": "image/jpeg", "f": "stoel.jpg"
    }]);
    let name = reader.bundle_name();
    let shut = reader.seal(Kind::Bundle, &name, bundle.to_string().as_bytes()).unwrap();
    fs::write(folder.join(format!("{}.bin", hex(&name))), shut.bytes).unwrap();
    let page = format!("<script id=v>{}</script>", base64(&header.to_bytes()));
    fs::write(folder.join("index.html"), page).unwrap();
    words.to_string()
}

fn node(folder: &Path, words: &str, out: &Path) -> Option<bool> {
    let opener = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lock/open.mjs");
    let done = Command::new("node").arg(opener).arg(folder).arg(words).arg(out).output();
    match done {
        Ok(done) => Some(done.status.success()),
        // No Node here: the whole gate (tests/run.sh) has it.
        Err(_) if std::env::var_os("CI").is_none() => None,
        Err(cause) => panic!("node: {cause}"),
    }
}

#[test]
fn a_stranger_opens_it_with_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let bundle =
        serde_json::json!({ "v": 1, "title": "Plan", "html": "<p>Ça va, Noor?</p>" });
    let words = publish(folder.path(), &bundle);
    let typed = words.to_uppercase().replace(' ', " - ");
    assert_eq!(norm(&typed), norm(&words));
    let Some(opened) = node(folder.path(), &typed, out.path()) else { return };
    assert!(opened);
    let found = fs::read(out.path().join("bundle.json")).unwrap();
    let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
    assert_eq!(found["html"], bundle["html"]);
    assert_eq!(fs::read(out.path().join("stoel.jpg")).unwrap(), PICTURE);
    assert_eq!(node(folder.path(), "koelkast tuinhek", out.path()), Some(false));
}

/// What somebody may do to files on their way: the independent opener refuses all of it.
#[test]
fn a_stranger_opens_nothing_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let words = publish(folder.path(), &serde_json::json!({ "v": 1 }));
    let other = tempfile::tempdir().unwrap();
    publish(other.path(), &serde_json::json!({ "v": 1 }));
    let Some(opened) = node(folder.path(), &words, out.path()) else { return };
    assert!(opened);
    let blobs = |folder: &Path| -> Vec<std::path::PathBuf> {
        let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut all: Vec<_> =
            all.filter(|path| path.extension().is_some_and(|it| it == "bin")).collect();
        all.sort_by_key(|path| fs::metadata(path).unwrap().len());
        all
    };
    let (mine, theirs) = (blobs(folder.path()), blobs(other.path()));
    let last = |bytes: &[u8]| bytes.len() - 1;
    for (at, path) in mine.iter().enumerate() {
        let whole = fs::read(path).unwrap();
        let flip = |at: usize| {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bytes
        };
        for (how, bytes) in [
            ("siv", flip(0)),
            ("begin", flip(32)),
            ("middle", flip(whole.len() / 2)),
            ("seal", flip(last(&whole))),
            ("cut", whole[..last(&whole)].to_vec()),
            ("longer", [&whole[..], &[0]].concat()),
            ("another plan", fs::read(&theirs[at]).unwrap()),
            ("another blob", fs::read(&mine[1 - at]).unwrap()),
        ] {
            fs::write(path, bytes).unwrap();
            assert_eq!(node(folder.path(), &words, out.path()), Some(false), "{how}");
        }
        fs::write(path, whole).unwrap();
    }
    let page = fs::read(other.path().join("index.html")).unwrap();
    fs::write(folder.path().join("index.html"), page).unwrap();
    assert_eq!(node(folder.path(), &words, out.path()), Some(false), "another header");
}
