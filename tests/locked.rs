//! Locked pages in real browsers: `tests/browser/locked.mjs` (Chromium) and `firefox.mjs` use
//! what a build made the way readers do, and the way people try who should not.
//!
//! Takes a browser, so it runs when asked: `cargo test --test locked -- --ignored`, as
//! `tests/run.sh` does. It ends quietly nowhere: without Node or a browser it says so.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

#[path = "private/project.rs"]
mod project;

use boekje::keys::Change;
use boekje::text::base64_url;
use project::{Project, change};
use std::fs;
use std::path::Path;
use std::process::Command;

const PLAN: &str = "\
---
soort: plan
titel: Plan van Noor
formaat: A5, koelkast
snel weg: https://elders.example/
lezers: gezin, oma, school, buur
---

## Bij oma

Voor: gezin, oma

De sleutel ligt onder de steen. Oma belt op maandag.

![een stoel](stoel.png)

[Op papier](plan.pdf)

## Op school

Voor: gezin, school

Noor leest graag.

## Bij de buren

Voor: gezin, buur

Dit is voorbij.

## Afspraken

Voor: gezin, oma, school, buur

Zie [bij de afspraken](#afspraken). Een maatje helpt.

| Wie | Wat | Wanneer |
|---|---|---|
| Noor | fietst naar school | elke dag |

## Wat gaat goed

Voor: gezin, oma, school, buur

Een café in het dorp. <img src=x onerror=\"window.leak=1\"><script>window.leak=1</script>
";

/// Returns the project, and what was published of Oma's before the last card was made.
fn publish() -> (Project, serde_json::Value) {
    let mut project = Project::new();
    project.write(
        "site.md",
        "---\ntitel: Thuis\nadres: https://thuis.example/\nsnel weg: https://weg.example/\n---\n",
    );
    project.write("index.md", "# Thuis\n\nWelkom allemaal.\n");
    project.write("plannen/noor.md", PLAN);
    project.write(
        "woorden.md",
        "# Woorden\n\n## Maatje\n\nIemand die een eind met je oploopt.\n",
    );
    project.picture("plannen/stoel.png");
    project.write("plannen/plan.pdf", "%PDF-1.7 het plan op papier");
    let strong = Change { rounds: 1_000_000, ..change(None) };
    project.reader_with("plannen/noor.md", "oma", strong);
    project.reader_with("plannen/noor.md", "school", Change { link: true, ..strong });
    let before = project.build();
    let (folder, bundle) = before.bundle_name("plannen/noor.md", "oma");
    let earlier = project.real().join("earlier");
    fs::create_dir(&earlier).unwrap();
    for (path, bytes) in &before.site {
        if let Some(name) = path.strip_prefix(&format!("p/{folder}/")) {
            fs::write(earlier.join(name), bytes).unwrap();
        }
    }
    let earlier = serde_json::json!({ "folder": earlier, "bundle": bundle });
    let until = Some(jiff::civil::date(2026, 6, 15));
    let ended = Change { rounds: 1_000_000, ..change(until) };
    project.reader_with("plannen/noor.md", "buur", ended);
    (project, earlier)
}

#[test]
#[ignore = "takes a browser"]
fn a_browser_opens_it_for_its_reader_and_for_nobody_else() {
    used("locked.mjs");
}

#[test]
#[ignore = "takes Firefox"]
fn firefox_does_too() {
    used("firefox.mjs");
}

/// Publishes, and lets a browser use it.
fn used(script: &str) {
    let (project, earlier) = publish();
    let built = project.build();
    assert!(built.published, "{:?}", built.problems);
    let mut cards = serde_json::Map::new();
    for ((plan, name), card) in &project.cards {
        let (folder, bundle) = built.bundle_name(plan, name);
        let files = &built.bundle(plan, name).unwrap()["files"];
        let single = built.singles.iter().find(|one| one.reader == *name).unwrap();
        let link = card.link.as_ref().map(|link| base64_url(link.bytes()));
        cards.insert(
            name.clone(),
            serde_json::json!({
                "words": card.words.as_str(), "link": link, "bundle": bundle,
                "plan": folder, "files": files, "single": single.path,
            }),
        );
    }
    cards.insert("earlier".into(), earlier);
    let place = project.real().join("cards.json");
    fs::write(&place, serde_json::to_vec(&cards).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script);
    let done =
        Command::new("node").arg(script).arg(project.out()).arg(&place).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned()
        + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
