//! Locked pages from texts to files: what a build makes for readers, what it refuses, and
//! that nothing of it is in clear. `tests/locked.rs` opens the same in a browser.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

#[path = "private/project.rs"]
mod project;

use boekje::pipeline::Haste;
use boekje::problem::{Code, Severity};
use boekje::text::Address;
use project::{Built, Project, TODAY, change};
use std::collections::BTreeMap;

const PLAN: &str = "\
---
soort: plan
titel: Het plan van Noortje Zevenblad
van: Noortje Zevenblad
lezers: gezin, oma, school
---

Kanarie-boven in de vroege ochtend.

## Bij oma

Voor: gezin, oma

Kanarie-oma belt op maandag. ![Een stoel](beeld/stoel-van-noortje.png)

[Een brief](brief-aan-oma.pdf)

## Op school

Voor: gezin, school

Kanarie-school leest graag. Zie [[luisteren]].

## Over geld

Kanarie-gezin over geld.
";

fn site() -> Project {
    let mut project = Project::new();
    project.write("site.md", "---\ntitel: Thuis\nadres: https://thuis.example/\n---\n");
    project.write("index.md", "# Thuis\n\nWelkom allemaal.\n");
    project.write("plannen/noor.md", PLAN);
    project.write("tips/luisteren.md", "# Luisteren\n\nLuister eerst.\n");
    project.write("woorden.md", "# Woorden\n\n## Maandag\n\nDe dag na zondag.\n");
    project.picture("plannen/beeld/stoel-van-noortje.png");
    project.write("plannen/brief-aan-oma.pdf", "%PDF-1.4 Kanarie-brief aan oma");
    project
}

/// Looking as a reader in the preview shows what is sealed for them, and nothing else.
#[test]
fn the_preview_shows_what_is_sealed() {
    let mut project = site();
    for reader in ["gezin", "oma", "school"] {
        project.reader("plannen/noor.md", reader);
    }
    let built = project.build();
    let request = project.request();
    let memory = std::sync::Mutex::default();
    let page = Address::new("plannen/noor.html");
    let opened = |reader: &str| {
        let place = |address: &Address| address.as_str().to_string();
        boekje::pipeline::live(&request, None, &memory, Haste::Soon, |live| {
            let opened = live.opened(reader, &page, place)?.unwrap();
            let files = opened["files"].as_array().unwrap().iter().map(|file| {
                let address = Address::new(file["n"].as_str().unwrap());
                (
                    file["f"].as_str().unwrap().to_string(),
                    live.opened_file(reader, &address),
                )
            });
            let files: BTreeMap<_, _> = files.collect();
            Some((opened.clone(), files))
        })
        .unwrap()
    };
    for reader in ["gezin", "oma", "school"] {
        let sealed = built.bundle("plannen/noor.md", reader).unwrap();
        let (opened, files) = opened(reader).unwrap();
        for part in ["pages", "title", "css", "js", "v"] {
            assert_eq!(opened[part], sealed[part], "{reader}: {part}");
        }
        let sealed = built.files("plannen/noor.md", reader);
        assert_eq!(files.len(), sealed.len());
        for bytes in sealed.values() {
            assert!(files.values().any(|own| own.as_ref() == Some(bytes)), "{reader}");
        }
    }
    assert!(opened("buur").is_none(), "who is not named finds nothing");
}

/// Returns all text of a reader's bundle: pages, titles, file names.
fn text_of(built: &Built, plan: &str, reader: &str) -> String {
    let bundle = built.bundle(plan, reader).expect("a bundle");
    format!("{}{}{}", bundle["pages"], bundle["title"], bundle["files"])
}

#[test]
fn each_reader_gets_their_part_and_nothing_is_in_clear() {
    let mut project = site();
    for reader in ["gezin", "oma", "school"] {
        project.reader("plannen/noor.md", reader);
    }
    let built = project.build();
    assert!(built.published, "{:?}", built.problems);
    for (reader, has, not) in [
        ("oma", &["Kanarie-oma"][..], &["Kanarie-school", "Kanarie-gezin", "school"][..]),
        ("school", &["Kanarie-school"], &["Kanarie-oma", "Kanarie-gezin", "stoel"]),
        ("gezin", &["Kanarie-oma", "Kanarie-school", "Kanarie-gezin", "boven"], &[]),
    ] {
        let text = text_of(&built, "plannen/noor.md", reader);
        assert!(has.iter().all(|one| text.contains(one)), "{reader}: {text}");
        assert!(!not.iter().any(|one| text.contains(one)), "{reader}: {text}");
        assert!(text.contains("page-plan"), "the template of the theme: {text}");
    }
    let files = built.files("plannen/noor.md", "oma");
    assert_eq!(files.len(), 2);
    assert!(files["stoel-van-noortje.webp"].starts_with(b"RIFF"));
    assert!(files["brief-aan-oma.pdf"].ends_with(b"Kanarie-brief aan oma"));
    for (path, bytes) in &built.site {
        let seen = format!("{path} {}", String::from_utf8_lossy(bytes)).to_lowercase();
        for word in ["kanarie", "noortje", "zevenblad", "oma", "stoel", "brief-aan"] {
            let ours = word == "oma" || word == "stoel" && path == "p/words.txt";
            assert!(!seen.contains(word) || ours, "{word} in {path}");
        }
        let own = path.starts_with("p/") && path != "p/words.txt";
        assert!(!own || path.len() <= 2 + 32 + 1 + 36, "{path}");
    }
}

#[test]
fn the_same_texts_give_the_same_bytes_and_a_small_change_the_same_sizes() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    project.reader("plannen/noor.md", "school");
    let first = project.build();
    let again = project.build();
    assert_eq!(first.site, again.site);
    assert_eq!(again.written, 0);
    let sizes = |built: &Built| -> BTreeMap<String, usize> {
        let own = built.site.iter().filter(|(path, _)| path.starts_with("p/"));
        own.map(|(path, bytes)| (path.clone(), bytes.len())).collect()
    };
    let more = PLAN.replace("belt op maandag.", &"belt op maandag. ".repeat(29));
    assert!(more.len() - PLAN.len() > 450);
    project.write("plannen/noor.md", &more);
    let changed = project.build();
    assert_eq!(sizes(&first), sizes(&changed));
    let differ: Vec<&String> = first
        .site
        .iter()
        .filter(|(path, bytes)| changed.site.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    let oma = format!("p/{}", built_name(&first, "oma"));
    assert_eq!(differ, [".boekje-files", oma.as_str()], "only the bundle of oma");
}

/// Returns the sizes of all that is locked, smallest first: names may change, sizes not.
fn sizes(built: &Built) -> Vec<usize> {
    let own = built.site.iter().filter(|(path, _)| path.starts_with("p/"));
    let mut sizes: Vec<usize> = own.map(|(_, bytes)| bytes.len()).collect();
    sizes.sort_unstable();
    sizes.extend(built.singles.iter().map(|one| std::fs::read(&one.path).unwrap().len()));
    sizes
}

/// Sizes double: where the texts of a reader nearly fill one, a word more would show.
#[test]
fn a_small_change_shows_in_no_size_near_a_step() {
    let filled = |count: usize| {
        PLAN.replace("op maandag.", &format!("op maandag.{}", " aap".repeat(count / 4)))
    };
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let inside = |built: &Built| -> usize {
        built.bundle("plannen/noor.md", "oma").unwrap().to_string().len()
    };
    let bare = inside(&project.build());
    let size = (bare + 9000).next_power_of_two();
    // Where room ends and a fresh build would take the next size; where the size itself ends.
    for place in [size - 8200, size - 8192, size - 504, size - 8] {
        let count = place - bare;
        let mut near = site();
        near.copy_keys(&project);
        near.write("plannen/noor.md", &filled(count));
        let first = near.build();
        assert!(inside(&first).abs_diff(place) < 8, "{} {place}", inside(&first));
        for other in [count + 500, count - 500, count + 4, count] {
            near.write("plannen/noor.md", &filled(other));
            let built = near.build();
            assert!(inside(&built) > bare);
            assert_eq!(sizes(&first), sizes(&built), "{place}: {other} for {count}");
        }
        assert_eq!(first.site, near.site(), "back to the same words: the same bytes");
    }
}

#[cfg(feature = "print")]
#[test]
fn a_small_change_shows_in_no_size_on_paper() {
    let mut project = site();
    let plan = PLAN.replace("lezers:", "formaat: A5, koelkast\nlezers:");
    project.write("plannen/noor.md", &plan);
    project.reader("plannen/noor.md", "oma");
    let first = project.build();
    assert_eq!(first.files("plannen/noor.md", "oma").len(), 3);
    for more in [28, 14, 29] {
        let more = "belt op maandag. ".repeat(more);
        project.write("plannen/noor.md", &plan.replace("belt op maandag.", &more));
        let built = project.build();
        assert_eq!(sizes(&first), sizes(&built));
        let paper = built.files("plannen/noor.md", "oma");
        assert_ne!(paper, first.files("plannen/noor.md", "oma"));
    }
}

fn built_name(built: &Built, reader: &str) -> String {
    let (plan, name) = built.bundle_name("plannen/noor.md", reader);
    format!("{plan}/{name}.bin")
}

/// Each copy begins with what is in it; only the family sees who reads which part.
#[test]
fn a_copy_tells_what_its_reader_reads() {
    let mut project = site();
    let plan = PLAN
        .replace("gezin, school", "gezin, École")
        .replace("oma, school", "oma, École");
    project.write("plannen/noor.md", &plan);
    for reader in ["gezin", "oma", "École"] {
        project.reader("plannen/noor.md", reader);
    }
    let built = project.build();
    let page = |reader: &str| -> String {
        let bundle = built.bundle("plannen/noor.md", reader).unwrap();
        bundle["pages"][0]["h"].as_str().unwrap().to_string()
    };
    for (reader, reads) in [
        ("oma", &["Bij oma"][..]),
        ("ecole", &["Op school"]),
        ("gezin", &["Bij oma", "Op school", "Over geld"]),
    ] {
        let page = page(reader);
        let (_, told) = page.split_once("Dit lees jij").expect("what you read");
        let (told, _) = told.split_once("</nav>").unwrap();
        for title in ["Bij oma", "Op school", "Over geld"] {
            assert_eq!(told.contains(title), reads.contains(&title), "{reader}: {told}");
        }
        assert_eq!(page.contains("Dit deel is voor"), reader == "gezin", "{reader}");
    }
    let family = page("gezin");
    for who in
        ["<dd>het gezin, oma</dd>", "<dd>het gezin, École</dd>", "<dd>het gezin</dd>"]
    {
        assert_eq!(family.matches(who).count(), 1, "{who} in {family}");
    }
}

#[test]
fn a_plan_without_cards_stays_inside_and_says_how_to_make_one() {
    let project = site();
    let built = project.build();
    assert!(built.published);
    assert!(!built.site.keys().any(|path| path.starts_with("p/")));
    let said = built.said(Code::R02);
    assert!(said.contains("oma, school"), "{said}");
    assert!(said.contains("boekje lezer erbij"), "{said}");
    assert!(!said.contains('{'), "{said}");
}

#[test]
fn a_card_that_ended_or_is_no_longer_named_opens_nothing() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let until = Some(jiff::civil::date(2026, 5, 31));
    project.reader_with("plannen/noor.md", "school", change(until));
    project.reader("plannen/noor.md", "buur");
    let built = project.build();
    assert!(built.bundle("plannen/noor.md", "oma").is_some());
    assert!(built.bundle("plannen/noor.md", "school").is_none());
    assert!(built.bundle("plannen/noor.md", "buur").is_none());
    assert!(built.said(Code::R03).contains("school"));
    assert!(built.said(Code::R04).contains("buur"));
    let last = Some(TODAY);
    project.reader_with("plannen/noor.md", "school", change(last));
    let built = project.build();
    let bundle = built.bundle("plannen/noor.md", "school").unwrap();
    assert_eq!(bundle["expires"], TODAY.to_string());
}

/// What must never fall back to public, each with its own code.
/// A plan with another name, and a booklet that is no longer for readers: the cards of both
/// open nothing, and that is said.
#[test]
fn cards_that_lead_nowhere_are_told() {
    let mut project = site();
    let booklet =
        "---\nsoort: boekje\ntitel: Voor oma\nlezers: oma\n---\n\n- alle tips\n";
    project.write("boekje.md", booklet);
    project.reader("plannen/noor.md", "oma");
    project.reader("plannen/noor.md", "school");
    project.reader("boekje.md", "oma");
    let built = project.build();
    assert!(built.said(Code::R08).is_empty() && built.said(Code::R04).is_empty());
    project.write("boekje.md", &booklet.replace("lezers: oma\n", ""));
    let texts = project.texts().join("plannen");
    std::fs::rename(texts.join("noor.md"), texts.join("noortje.md")).unwrap();
    let built = project.build();
    let gone = built.said(Code::R08);
    assert!(gone.contains("“plannen/noor.md” (oma, school)"), "{gone}");
    let other = built.said(Code::R04);
    assert!(other.contains("“Voor oma” is niet meer voor oma"), "{other}");
    assert!(!built.site.keys().any(|path| path.starts_with("p/")));
    std::fs::rename(texts.join("noortje.md"), texts.join("noor.md")).unwrap();
    let built = project.build();
    assert!(built.bundle("plannen/noor.md", "school").is_some(), "all is well again");
}

/// With keys of another day, or of another folder, all cards would stop working.
#[test]
fn other_keys_take_nothing_away() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let before = project.build();
    project.lost_keys();
    project.reader("plannen/noor.md", "school");
    let failure = project.try_build().err().unwrap();
    assert_eq!(failure.what, "keys-lost");
    assert_eq!(project.site(), before.site);
    // Who has lost them for good takes the pages away first.
    std::fs::remove_dir_all(project.out().join("p")).unwrap();
    assert!(project.build().bundle("plannen/noor.md", "school").is_some());
}

#[test]
fn a_slip_in_a_plan_never_opens_a_part() {
    for (from, to, code) in [
        ("Voor: gezin, school", "Vor: gezin, school", Code::P01),
        ("Voor: gezin, school", "Voor: gezin, scholl", Code::P02),
        ("Voor: gezin, school", "Voor: kaasclub", Code::P02),
        ("## Op school\n\nVoor: gezin, school", "## Op school {voor: oma}", Code::P01),
    ] {
        let mut project = site();
        project.write("plannen/noor.md", &PLAN.replace(from, to));
        for reader in ["gezin", "oma", "school"] {
            project.reader("plannen/noor.md", reader);
        }
        let built = project.build();
        let problem = built.problems.iter().find(|one| one.code == code);
        let severity = problem.map(|one| one.severity());
        assert_eq!(severity, Some(Severity::Stop), "{to}: {:?}", built.problems);
        let oma = text_of(&built, "plannen/noor.md", "oma");
        assert!(!oma.contains("Kanarie-school"), "{to}");
        assert!(text_of(&built, "plannen/noor.md", "gezin").contains("Kanarie-school"));
        // Nothing is left for the school: no bundle, and R01 says so.
        assert!(built.bundle("plannen/noor.md", "school").is_none(), "{to}");
        assert!(built.said(Code::R01).contains("school"), "{to}");
    }
}

#[test]
fn a_picture_of_a_plan_is_not_on_a_page_for_everybody() {
    let mut project = site();
    let open = "# Thuis\n\n![Een stoel](plannen/beeld/stoel-van-noortje.png)\n\n\
                [Zie ook](plannen/beeld/stoel-van-noortje.png)\n";
    project.write("index.md", open);
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    assert!(built.said(Code::R06).contains("stoel-van-noortje.png"));
    assert!(!built.site.keys().any(|path| path.starts_with("beeld/")));
    let home = String::from_utf8_lossy(&built.site["index.html"]);
    assert!(home.contains("Een stoel") && !home.contains("stoel-van"), "{home}");
}

#[test]
fn keys_that_are_not_safe_stop_the_build() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    project.build();
    let before = project.site();
    for (make, what, code) in [
        (Project::open_keys as fn(&mut Project), "keys-open", Code::R09),
        (Project::keys_in_texts, "keys-in-texts", Code::R10),
        (Project::keys_in_site, "keys-in-site", Code::R11),
        (Project::keys_in_git, "keys-in-git", Code::R12),
        (Project::damaged_keys, "keys-damaged", Code::R13),
        (Project::lost_keys, "keys-lost", Code::R14),
    ] {
        let mut other = site();
        other.copy_keys(&project);
        other.build();
        make(&mut other);
        let failure = other.try_build().err().expect(what);
        assert_eq!(failure.what, what);
        assert_eq!(failure.code(), Some(code), "{what}");
        let kept: Vec<_> =
            other.site().into_keys().filter(|p| p != "keys.json").collect();
        assert_eq!(kept, before.keys().cloned().collect::<Vec<_>>(), "{what}: old site");
        for lang in [boekje::lang::Lang::dutch(), boekje::lang::Lang::english()] {
            let said = failure.sentence(&lang);
            assert!(said.len() > 60 && !said.contains('{'), "{said}");
            assert!(said.starts_with(&format!("stop[{code}]: ")), "{said}");
        }
    }
}

#[test]
fn a_booklet_and_a_folder_go_to_their_readers_in_one_parcel() {
    let mut project = site();
    project.write(
        "map/boekje.md",
        "---\nsoort: boekje\ntitel: Voor oma\nlezers: oma, school\n---\n\n# Begin\n\n\
         - [Plan](../plannen/noor.md)\n- [Luisteren](../tips/luisteren.md)\n- dagboek.md\n\
         - stil.md\n",
    );
    project.write(
        "map/dagboek.md",
        "---\nsoort: pagina\ntitel: Dagboek\nopenbaar: nee\n---\n\nKanarie-dagboek.\n",
    );
    project.write(
        "map/stil.md",
        "---\nsoort: verhaal\ntitel: Stil\n---\n\nKanarie-verhaal.\n",
    );
    project.write("noor/index.md", "---\nsoort: plan\ntitel: Map van Noor\nlezers: gezin, oma\n---\n\n## Welkom\n\nVoor: oma\n\nKanarie-welkom.\n");
    project.write(
        "noor/dag.md",
        "# Een dag\n\nKanarie-dag. Zie [welkom](index.md#welkom).\n",
    );
    project.write("noor/verhaal.md", "---\nsoort: verhaal\ntitel: Een verhaal\ntoestemming: nee\n---\n\nKanarie-nee.\n");
    project.reader("map/boekje.md", "oma");
    project.reader("map/boekje.md", "school");
    project.reader("noor/index.md", "oma");
    let built = project.build();
    let oma = text_of(&built, "map/boekje.md", "oma");
    for (part, comes) in [
        ("Kanarie-oma", true),
        ("Luister eerst", true),
        ("Kanarie-school", false),
        ("Kanarie-dagboek", false),
        ("Kanarie-verhaal", false),
        ("Welkom allemaal", false),
    ] {
        assert_eq!(oma.contains(part), comes, "{part}: {oma}");
    }
    // Who reads the plan in a booklet needs no card of the plan.
    let without = built.said(Code::R02);
    assert!(!without.contains("Noortje"), "{without}");
    let pages = built.bundle("map/boekje.md", "oma").unwrap()["pages"].clone();
    assert_eq!(pages[0]["t"], "Voor oma");
    let addresses: Vec<&str> = pages
        .as_array()
        .unwrap()
        .iter()
        .map(|page| page["a"].as_str().unwrap())
        .collect();
    assert!(addresses.contains(&"tips/luisteren.html"), "{addresses:?}");
    assert!(pages[0]["h"].as_str().unwrap().contains("../tips/luisteren.html"));
    assert!(text_of(&built, "map/boekje.md", "school").contains("Kanarie-school"));
    let folder = text_of(&built, "noor/index.md", "oma");
    for (part, comes) in [
        ("Kanarie-welkom", true),
        ("Kanarie-dag", true),
        ("Kanarie-nee", false),
        ("Kanarie-oma", false),
    ] {
        assert_eq!(folder.contains(part), comes, "{part}: {folder}");
    }
    assert!(built.said(Code::R07).contains("Een dag"));
    for (path, bytes) in &built.site {
        let seen = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!seen.contains("kanarie") && !seen.contains("map van"), "{path}");
        assert!(!path.contains("noor") && !path.contains("map/"), "{path}");
    }
}

/// What a leak looks like: the plan is closed, and something of it stands in a file that
/// goes out.
#[test]
fn a_build_with_something_private_in_it_is_not_put_in_place() {
    for (path, leak) in [
        ("bestand.csv", "Zij schreef: Kanarie-oma belt altijd op maandag naar huis toe."),
        ("bestand.ics", "TEL:+31 6 12 34 56 78"),
        ("bestand.pdf", "%PDF-1.4 (Kanarie-oma belt altijd op maandag naar huis)"),
    ] {
        let mut project = site();
        let plan = PLAN.replace(
            "Kanarie-oma belt op maandag.",
            "Kanarie-oma belt altijd op maandag naar huis toe. Haar nummer: 06-12345678.",
        );
        project.write("plannen/noor.md", &plan);
        project.reader("plannen/noor.md", "oma");
        let good = project.build();
        assert!(good.published && good.looked_for > 10);
        project.write(&format!("tips/{path}"), leak);
        let link = format!("# Luisteren\n\nLuister eerst. [Dit]({path})\n");
        project.write("tips/luisteren.md", &link);
        let built = project.build();
        assert!(!built.published, "{path}");
        assert!(built.said(Code::R05).contains("plannen/noor.md"), "{path}");
        assert_eq!(built.site, good.site, "{path}: the old site is as it was");
    }
}

#[test]
fn what_an_earlier_build_left_in_clear_stops_the_next() {
    let mut project = site();
    project.write(
        "plannen/noor.md",
        &PLAN.replace("Kanarie-oma belt", "De hele dag wacht Kanarie-oma tot zij belt"),
    );
    project.reader("plannen/noor.md", "oma");
    project.build();
    let left = project.out().join("oud/noor.html");
    std::fs::create_dir_all(left.parent().unwrap()).unwrap();
    std::fs::write(&left, "<p>De hele dag wacht Kanarie-<b>oma</b> tot zij belt")
        .unwrap();
    let failure = project.try_build().err().unwrap();
    assert_eq!(failure.what, "private-in-site");
    assert_eq!(failure.code(), Some(Code::R15));
    assert!(failure.sentence(&boekje::lang::Lang::english()).contains("oud/noor.html"));
    assert!(failure.path.unwrap().ends_with("oud/noor.html"));
    std::fs::write(&left, "<p>Een oude bladzijde over de zee en de duinen").unwrap();
    assert!(project.build().published);
}

#[test]
fn ordinary_words_never_stop_a_build() {
    let mut project = site();
    project.write(
        "plannen/noor.md",
        &format!("{PLAN}\n## Wat gaat goed\n\nLuister eerst. Lees meer in Mei.\n\nWelkom allemaal.\n\n- 1 juni 2026: begonnen\n"),
    );
    project
        .write("agenda.md", "# Agenda\n\nOp 3 mei 2012 en 1 juni 2026 was het feest.\n");
    let built = project.build();
    assert!(built.published, "{:?}", built.problems);
}

/// What every site says of itself is nobody's secret: names of our files, the licence of the
/// letters, robots, what the script of a page with a lock calls its things. Somebody may be
/// called Sil or Norm, and work with the user of a project.
#[test]
fn our_own_words_never_stop_a_build() {
    let mut project = site();
    let tip = "---\nsoort: tip\ntitel: Wachten\nthema: rust\n---\n\nTel tot tien.\n";
    project.write("tips/wachten.md", tip);
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    let ours = |path: &&String| {
        path.starts_with("thema/") && !path.ends_with(".woff2")
            || path.ends_with("/index.html") && path.starts_with("p/")
            || ["robots.txt", "feed.xml", "sitemap.xml"].contains(&path.as_str())
    };
    let mut words = std::collections::BTreeSet::new();
    for path in built.site.keys() {
        words.extend(path.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase));
    }
    for path in built.site.keys().filter(ours) {
        let text = String::from_utf8_lossy(&built.site[path]).to_lowercase();
        // The header is chance: what stands in it is no word of ours.
        let bare = boekje::output::locked::without_header(&text);
        words.extend(bare.split(|c: char| !c.is_alphabetic()).map(String::from));
    }
    assert!(
        words.contains("themas")
            && words.contains("sil")
            && words.contains("bin")
            && words.contains("agent")
    );
    let mut plan = PLAN.to_string();
    for word in words.iter().filter(|word| word.chars().count() >= 3) {
        let (first, rest) = word.split_at(word.chars().next().unwrap().len_utf8());
        plan += &format!("\nWij zien {}{rest} elke dag.\n", first.to_uppercase());
    }
    project.write("plannen/noor.md", &plan);
    let built = project.build();
    assert!(built.published, "{}", built.said(Code::R05));
}

/// The index of search says in codes what stands where, and a code may spell a name.
#[test]
fn a_name_in_a_code_of_search_stops_nothing() {
    let mut project = site();
    // Each letter stands for a word; a text says it when its number is a multiple of that.
    for number in 1..90_usize {
        let says = (b'a'..=b'z').filter(|b| number.is_multiple_of(usize::from(b - 90)));
        let says: String = says.map(|b| format!("q{} ", char::from(b))).collect();
        let title = format!("tips/tip-{number}.md");
        project.write(&title, &format!("# Tip {number}\n\n{says}\n"));
    }
    let built = project.build();
    let codes = built.site.iter().filter(|(path, _)| {
        path.starts_with("zoek/") && (path.contains("-w") || path.contains("-f"))
    });
    let mut plan = PLAN.to_string();
    let mut found = 0;
    for (_, bytes) in codes {
        let codes = String::from_utf8_lossy(bytes).into_owned();
        for code in codes.split(|c: char| !c.is_ascii_alphanumeric()) {
            let is_name = code.len() > 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
            if is_name && code != "boekjeZoek" {
                found += 1;
                let small = code.to_lowercase();
                let (first, rest) = small.split_at(1);
                plan += &format!("\nWij zien {}{rest} elke dag.\n", first.to_uppercase());
            }
        }
    }
    assert!(found > 0, "a code of letters alone");
    project.write("plannen/noor.md", &plan);
    let built = project.build();
    assert!(built.published, "{}", built.said(Code::R05));
}

/// The header of a page with a lock is chance. Among two thousand letters of it, a short name
/// stands now and then; a sweep that stumbles over that would stop for nobody's fault.
#[test]
fn a_name_in_the_chance_of_a_header_stops_nothing() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    let (plan, _) = built.bundle_name("plannen/noor.md", "oma");
    let page = String::from_utf8_lossy(&built.site[&format!("p/{plan}/index.html")]);
    let header = page.split_once("id=\"v\">").unwrap().1.split_once('<').unwrap().0;
    let mut plan = PLAN.to_string();
    let mut found = 0;
    for word in header.split(['+', '/', '=']).filter(|word| word.len() > 2) {
        if word.bytes().all(|b| b.is_ascii_alphabetic()) {
            found += 1;
            let (first, rest) = word.split_at(1);
            let name = format!("{}{}", first.to_uppercase(), rest.to_lowercase());
            plan += &format!("\nWij zien {name} elke dag.\n");
        }
    }
    project.write("plannen/noor.md", &plan);
    assert!(project.build().published, "{found} words");
}

/// Where a plan goes when somebody leaves quickly is as private as the plan: it comes when
/// it is open.
#[test]
fn where_a_plan_leaves_to_is_part_of_it() {
    let mut project = site();
    let away = "https://kanarie-schuilplaats.example/hier";
    let plan = PLAN.replace("lezers:", &format!("snel weg: {away}\nlezers:"));
    project.write("plannen/noor.md", &plan);
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    assert!(built.published, "{}", built.said(Code::R05));
    assert_eq!(built.bundle("plannen/noor.md", "oma").unwrap()["exit"], away);
    for (path, bytes) in &built.site {
        assert!(!String::from_utf8_lossy(bytes).contains("schuilplaats"), "{path}");
    }
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    assert!(built.bundle("plannen/noor.md", "oma").unwrap().get("exit").is_none());
}

/// Serves a folder on loopback; returns its address.
fn serve(folder: std::path::PathBuf) -> String {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
            let path = first.split(' ').nth(1).unwrap().trim_start_matches('/');
            let (head, body) = match std::fs::read(folder.join(path)) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    address
}

#[test]
fn what_was_changed_on_the_host_is_seen() {
    use boekje::pipeline::{Published, verify};
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    let copy = project.real().join("host");
    for (path, bytes) in &built.site {
        let to = copy.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
    let places = [
        Published::Folder(copy.clone()),
        Published::read(&format!("{}/index.html", serve(copy.clone()))),
    ];
    for place in &places {
        let verified = verify(&project.out(), place).unwrap();
        assert_eq!(verified.same, built.site.len() - 1, "all but the list itself");
        assert!(verified.other.is_empty() && verified.missing.is_empty());
    }
    let (plan, name) = built.bundle_name("plannen/noor.md", "oma");
    let door = format!("p/{plan}/index.html");
    let page = String::from_utf8(built.site[&door].clone()).unwrap();
    let kept =
        page.replace("<script>", "<script src=https://kwaad.example></script><script>");
    std::fs::write(copy.join(&door), kept).unwrap();
    std::fs::remove_file(copy.join(format!("p/{plan}/{name}.bin"))).unwrap();
    for place in &places {
        let verified = verify(&project.out(), place).unwrap();
        assert_eq!(verified.other.len(), 1);
        assert_eq!(verified.other[0].as_str(), door);
        assert_eq!(verified.missing.len(), 1);
    }
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let away = Published::read(&format!("http://{}/", closed.local_addr().unwrap()));
    drop(closed);
    let failure = verify(&project.out(), &away).unwrap_err();
    assert_eq!(failure.what, "not-reached", "who does not answer changed nothing");
    let nothing = Published::Folder(project.real().join("nergens"));
    assert_eq!(verify(&project.out(), &nothing).unwrap_err().what, "not-published");
    assert_eq!(verify(project.texts(), &places[0]).unwrap_err().what, "no-build");
}

#[test]
fn single_files_are_apart_and_named_after_nobody() {
    let mut project = site();
    project.reader("plannen/noor.md", "oma");
    let built = project.build();
    let [one] = built.singles.as_slice() else { panic!("{:?}", built.singles) };
    assert_eq!((one.reader.as_str(), one.title.contains("Noortje")), ("oma", true));
    let bytes = std::fs::read(&one.path).unwrap();
    assert_eq!(one.hash, boekje::pipeline::fingerprint(&one.path).unwrap());
    let (text, name) = (String::from_utf8(bytes).unwrap().to_lowercase(), &one.path);
    for word in ["kanarie", "noortje", "oma riet", "thema/"] {
        assert!(!text.contains(word) && !name.ends_with(word), "{word}");
    }
    let name = name.file_name().unwrap().to_string_lossy().into_owned();
    assert!(!name.contains("oma") && name.len() == "boekje-.html".len() + 12, "{name}");
    // Revoked: the file goes at the next build.
    let same = project.build();
    assert_eq!(same.singles, built.singles, "the same bytes");
}

#[test]
fn where_all_words_go_out_a_picture_that_no_page_shows_is_looked_for() {
    let mut project = Project::new();
    project.write("index.md", "# Thuis\n\nWelkom allemaal.\n");
    project.picture("stoel.png");
    assert_eq!(project.build().looked_for, 1);
    // The same bytes, in what goes out.
    let picture = std::fs::read(project.real().join("content/stoel.png")).unwrap();
    let picture = boekje::text::base64(&picture);
    project.write("index.md", &format!("# Thuis\n\nWelkom allemaal. {picture}\n"));
    let built = project.build();
    assert!(!built.published, "{:?}", built.problems);
    assert!(built.problems.iter().any(|problem| problem.code == Code::R05));
}

#[test]
fn a_small_picture_that_no_page_shows_stops_no_other_picture() {
    let mut project = Project::new();
    project.write("index.md", "# Thuis\n\n![Een stoel](mijn-foto.jpg)\n");
    for (name, size) in [("mijn-foto.jpg", 700), ("icoon.jpg", 16), ("vlak.jpg", 100)] {
        let path = project.real().join("content").join(name);
        let shade = |x, y| {
            image::Rgb([
                (x * y) as u8,
                (x * 7) as u8,
                if size > 99 { 9 } else { y as u8 },
            ])
        };
        let white = |_, _| image::Rgb([255, 255, 255]);
        match name {
            "vlak.jpg" => image::RgbImage::from_fn(size, size, white).save(path).unwrap(),
            _ => image::RgbImage::from_fn(size, size, shade).save(path).unwrap(),
        }
    }
    let built = project.build();
    assert!(built.published, "{:?}", built.problems);
}

#[test]
fn a_drawing_that_no_page_shows_stops_no_drawing_of_the_same_hand() {
    let mut project = Project::new();
    project.write("index.md", "# Thuis\n\n![Een stoel](stoel.svg)\n");
    let drawing = |own: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"18\" height=\"18\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{own}</svg>"
        )
    };
    project.write("stoel.svg", &drawing("<path d=\"M6 20h4\"/>"));
    project.write("tafel.svg", &drawing("<path d=\"M8 2v4\"/>"));
    let built = project.build();
    assert!(built.published, "{:?}", built.problems);
}

#[test]
fn a_slip_in_the_key_of_readers_closes_a_folder_too() {
    let mut project = Project::new();
    project.write("index.md", "# Thuis\n\nWelkom allemaal.\n");
    project.write("ons/index.md", "---\nlezer: gezin\n---\nKanarie-index voor ons.\n");
    project.write("ons/dagboek.md", "# Dagboek\n\nKanarie-dagboek van ons.\n");
    let built = project.build();
    assert!(built.published);
    for (name, bytes) in &built.site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Kanarie") && !text.contains("Dagboek"), "{name}");
    }
}
