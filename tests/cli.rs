//! The program as people meet it: what it says, where it says it, and how it ends, in
//! both languages.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that runs the real program on real folders"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What a run said, and how it ended.
#[derive(Debug)]
struct Ran {
    out: String,
    err: String,
    code: i32,
}

/// Runs the program in a folder, without a language from outside.
fn boekje(here: &Path, words: &[&str]) -> Ran {
    let output = command(here, words).output().unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

fn command(here: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boekje"));
    command.args(words).current_dir(here).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

/// Makes a folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// All files below a folder with their bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap();
            all.insert(name.display().to_string(), fs::read(entry.path()).unwrap());
        }
    }
    all
}

const STORY: &str =
    "---\ntitel: Geheim van de zolder\nverteller: Noor\n---\n\nDit was zo.\n";
const TIP: &str = "---\ntittel: Kom terug\n---\n\nOok na een rotgesprek.\n";

/// A folder with a stop, a hint, and something that is fine.
fn mixed() -> TempDir {
    folder(&[
        ("site.md", "---\ntitel: Samen\ntaal: nl\n---\n"),
        ("index.md", "---\ntitel: Samen\n---\n\nWelkom.\n"),
        ("verhalen/zolder.md", STORY),
        ("tips/kom.md", TIP),
    ])
}

#[test]
fn help_speaks_the_language_that_was_asked_for() {
    let here = folder(&[]);
    let run = |words: &[&str]| boekje(here.path(), words);
    assert!(run(&[]).out.starts_with("boekje maakt van gewone tekstbestanden"));
    assert!(run(&["--lang", "en"]).out.starts_with("boekje turns plain text files"));
    assert!(run(&["--taal", "en", "bouw", "--help"]).out.starts_with("boekje build"));
    assert!(run(&["hulp", "controle"]).out.starts_with("boekje controle (check)"));
    assert_eq!(run(&["--help"]).code, 0);
    assert_eq!(
        run(&["--version"]).out,
        format!("boekje {}\n", env!("CARGO_PKG_VERSION"))
    );
    let mut english = command(here.path(), &["help"]);
    let english = english.env("LANG", "en_GB.UTF-8").output().unwrap();
    assert!(String::from_utf8_lossy(&english.stdout).contains("How to begin"));
}

#[test]
fn what_it_does_not_understand_it_asks_and_ends_with_2() {
    let here = folder(&[]);
    for (words, says) in [
        (&["bouwen"][..], "Bedoel je “bouw”?"),
        (&["biuld"], "Bedoel je “build”?"),
        (&["--lang", "en", "chekc"], "Do you mean “check”?"),
        (&["--lang", "en", "build", "--no-serach"], "Do you mean “--no-search”?"),
        (&["--taal", "eo", "bouw"], "“eo” ken ik nog niet"),
        (&["uitleg", "K99"], "De code “K99” ken ik niet"),
        (&["controle", "--datum", "31 februari 2026"], "niet op de kalender"),
        (&["bouw", "nergens"], "De map “nergens” vind ik niet"),
        (&["--lang", "en", "build", "nowhere"], "I cannot find the folder “nowhere”"),
        (&["nieuw"], "boekje nieuw mijn-boekje"),
        (&["erbij", "gedicht", "x"], "Kies uit: tip, story, verhaal"),
    ] {
        let run = boekje(here.path(), words);
        assert!(run.err.contains(says), "{words:?}: {run:?}");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words:?}");
        assert!(!run.err.to_lowercase().contains("error"), "{words:?}: {run:?}");
    }
}

#[test]
fn explain_tells_why_in_both_languages() {
    let here = folder(&[]);
    let dutch = boekje(here.path(), &["uitleg", "v01"]);
    assert!(dutch.out.starts_with("V01 (stop)") && dutch.code == 0, "{dutch:?}");
    let english = boekje(here.path(), &["--lang", "en", "explain", "P01"]);
    assert!(english.out.contains("family"), "{english:?}");
    assert!(boekje(here.path(), &["uitleg"]).out.lines().count() > 50);
}

#[test]
fn check_writes_nothing_and_ends_with_1_when_something_stays_inside() {
    let here = mixed();
    let before = bytes(here.path());
    let run = boekje(here.path(), &["controle"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("verhalen/zolder.md"), "{run:?}");
    assert!(run.out.contains("“tittel”"), "{run:?}");
    assert!(run.out.contains("1 verhaal blijft binnen, 1 tip."), "{run:?}");
    assert!(!run.out.contains('\u{1b}'), "no colour where there is no terminal");
    assert_eq!(run.err, "");
    assert_eq!(bytes(here.path()), before);
    let good = folder(&[("index.md", "---\ntitel: Samen\n---\n\nWelkom.\n")]);
    let run = boekje(good.path(), &["check"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("Niets om naar te kijken."), "{run:?}");
}

#[test]
fn messages_follow_the_site_unless_asked_otherwise() {
    let here = mixed();
    let dutch = command(here.path(), &["check"]).env("LANG", "en_GB").output().unwrap();
    assert!(String::from_utf8_lossy(&dutch.stdout).contains("Gelezen:"));
    assert!(boekje(here.path(), &["check", "--lang", "en"]).out.contains("Read:"));
    fs::write(here.path().join("site.md"), "---\ntitle: Us\nlanguage: en\n---\n")
        .unwrap();
    assert!(boekje(here.path(), &["controle"]).out.contains("Read:"));
}

#[test]
fn json_is_one_object_with_places_from_1() {
    let here = mixed();
    let path = here.path().display().to_string();
    let elsewhere = folder(&[]);
    for words in [&["check", &path, "--json"][..], &["check", &path, "--format", "json"]]
    {
        let run = boekje(elsewhere.path(), words);
        assert_eq!((run.code, run.err.as_str()), (1, ""));
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let problems = json["problems"].as_array().unwrap();
        let slip = problems.iter().find(|problem| problem["code"] == "K01").unwrap();
        assert_eq!(slip["file"], "tips/kom.md");
        assert_eq!((&slip["line"], &slip["column"]), (&2.into(), &1.into()));
        assert_eq!(slip["severity"], "hint");
        assert!(json["summary"]["stop"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn github_gets_workflow_commands() {
    let here = mixed();
    let run = boekje(here.path(), &["check", "--format", "github"]);
    assert!(run.out.lines().any(|line| line.starts_with("::")), "{run:?}");
    assert!(run.out.contains("file=verhalen/zolder.md"), "{run:?}");
}

#[test]
fn build_says_what_it_made_and_keeps_hints_for_check() {
    let here = mixed();
    let away = folder(&[]);
    let texts = here.path().display().to_string();
    let run = boekje(away.path(), &["bouw", &texts, "--uit", "onze site"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("Klaar. "), "{run:?}");
    assert!(run.out.contains("1 verhaal blijft binnen"), "{run:?}");
    assert!(run.out.contains("zolder.md: nog geen ja van de verteller"), "{run:?}");
    assert!(run.out.contains("Er zijn ook tips."), "{run:?}");
    assert!(!run.out.contains("tittel"), "hints are for check: {run:?}");
    assert!(run.out.contains("zolder.md"), "{run:?}");
    assert!(run.out.contains("dubbelklik op “onze site/index.html”"), "{run:?}");
}

#[test]
fn the_closing_lists_keep_texts_parts_and_unread_files_apart() {
    let plan = "---\nsoort: plan\nopenbaar: ja\nverzonnen: ja\nlezers: gezin, school\n---\n\n# Plan van Sem\n\n## Zorgen\nVoor: gezin\n\nSlapen.\n\n## Wat gaat goed\nVoor: iedereen\n\nLachen.\n";
    let mut files = vec![
        ("index.md", "# Samen\n"),
        ("plannen/sem.md", plan),
        ("dag.md", "# Mijn dag\n\n**Vertrouwelijk**\n\nIk liep weg die dag.\n"),
        ("brief.docx", "PK"),
        ("nota.txt", "Hoi"),
        ("verhaal van Noor", "Hoi"),
    ];
    let names: Vec<String> = (0..12).map(|n| format!("klad-{n:02}.md")).collect();
    files.extend(names.iter().map(|name| (name.as_str(), "concept: ja\n\n# Klad\n")));
    let here = folder(&files);
    let run = boekje(here.path(), &["bouw"]);
    assert!(run.out.contains("1 deel blijft binnen"), "{run:?}");
    assert!(run.out.contains("dag.md: een regel lijkt te zeggen"), "{run:?}");
    assert!(run.out.contains("Delen die binnen blijven:\n  plannen/sem.md: "), "{run:?}");
    let unread = "  brief.docx\n  nota.txt\n  verhaal van Noor\n";
    let lines = |out: &str| out.lines().filter(|line| line.contains("klad-")).count();
    for name in unread.lines() {
        let (_, list) = run.out.split_once("Niet gelezen").unwrap_or_default();
        assert!(list.contains(name), "{run:?}");
    }
    assert!(run.out.contains("boekje controle") && lines(&run.out) < 12, "{run:?}");
    let check = boekje(here.path(), &["controle"]);
    assert_eq!(lines(&check.out), 12, "{check:?}");
}

#[test]
fn build_again_changes_nothing_and_withheld_words_are_nowhere() {
    let here = mixed();
    let texts = here.path().display().to_string();
    let away = folder(&[]);
    assert_eq!(boekje(away.path(), &["build", &texts]).code, 0);
    let first = bytes(&away.path().join("public"));
    assert!(first.contains_key("index.html"));
    for (name, content) in &first {
        let content = String::from_utf8_lossy(content);
        assert!(!content.contains("zolder") && !name.contains("zolder"), "{name}");
    }
    let again = boekje(away.path(), &["build", &texts]);
    assert!(again.out.contains("0 bestanden nieuw of veranderd"), "{again:?}");
    assert_eq!(bytes(&away.path().join("public")), first);
}

#[test]
fn texts_are_looked_for_here_and_then_in_content() {
    let here = folder(&[
        ("README.md", "# Niet dit\n"),
        ("content/index.md", "---\ntitel: Wel dit\n---\n\nWelkom.\n"),
    ]);
    assert_eq!(boekje(here.path(), &["bouw"]).code, 0);
    let home = fs::read_to_string(here.path().join("public/index.html")).unwrap();
    assert!(home.contains("Wel dit") && !home.contains("Niet dit"));
    // Here, with the site beside the texts: the pages are never read as texts.
    let run = boekje(&here.path().join("content"), &["bouw"]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = boekje(&here.path().join("content"), &["bouw"]);
    assert!(run.out.contains("0 bestanden nieuw"), "{run:?}");
}

#[test]
fn a_new_booklet_builds_at_once_in_both_languages() {
    for (lang, verb, done) in [("nl", "nieuw", "Klaar."), ("en", "new", "Done.")] {
        let here = folder(&[]);
        let run = boekje(here.path(), &["--lang", lang, verb, "mijn-boekje"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert!(run.out.starts_with(done), "{run:?}");
        let check = boekje(here.path(), &["check", "mijn-boekje", "--all"]);
        assert_eq!(check.code, 0, "{check:?}");
        let look = if lang == "nl" { "Niets om naar" } else { "Nothing to look" };
        assert!(check.out.contains(look), "{lang}: {}", check.out);
        let build = boekje(here.path(), &["build", "mijn-boekje"]);
        assert_eq!(build.code, 0, "{build:?}");
        assert!(build.out.starts_with(done), "{build:?}");
        assert!(here.path().join("public/index.html").is_file());
        let before = bytes(here.path());
        let again = boekje(here.path(), &["--lang", lang, verb, "mijn-boekje"]);
        assert_eq!(again.code, 2, "a folder with something in it is left alone");
        assert_eq!(bytes(here.path()), before);
    }
}

#[test]
fn a_form_lands_in_the_right_folder_and_never_over_another_text() {
    let here = folder(&[]);
    assert_eq!(boekje(here.path(), &["nieuw", "boek"]).code, 0);
    for (words, file) in [
        (["erbij", "tip", "Kom terug!", "--map", "boek"], "tips/kom-terug.md"),
        (["erbij", "tip", "Kom terug", "--dir", "boek"], "tips/kom-terug-2.md"),
        (["add", "verhaal", "Mijn dag", "--map", "boek"], "verhalen/mijn-dag.md"),
        (["erbij", "plan", "Rust", "--map", "boek"], "plannen/rust.md"),
        (["add", "pagina", "Contact", "--map", "boek"], "contact.md"),
    ] {
        let run = boekje(here.path(), &words);
        assert!(run.out.contains(file) && run.code == 0, "{run:?}");
        let text = fs::read_to_string(here.path().join("boek").join(file)).unwrap();
        assert!(text.contains(&format!("titel: {}", words[2])), "{text}");
    }
    let again = boekje(here.path(), &["erbij", "bladzijde", "Contact", "--map", "boek"]);
    assert!(
        again.out.contains("al een tekst met die naam: boek/contact.md"),
        "{again:?}"
    );
    assert!(again.out.contains("boek/contact-2.md") && again.code == 0, "{again:?}");
    // Unfilled forms stay inside; nothing stops the build.
    let run = boekje(here.path(), &["bouw", "boek"]);
    assert_eq!(run.code, 0, "{run:?}");
    let site = bytes(&here.path().join("public"));
    for form in ["mijn-dag", "rust", "contact", "kom-terug"] {
        assert!(!site.keys().any(|name| name.contains(form)), "{form}");
    }
    assert!(run.out.contains("tips/kom-terug.md: concept"), "{run:?}");
    for (name, content) in site {
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("deze haken"), "{name} shows a hint of the form");
    }
}

#[test]
fn forms_speak_the_language_of_the_site() {
    let here = folder(&[]);
    assert_eq!(boekje(here.path(), &["--lang", "en", "new", "book"]).code, 0);
    let run = boekje(here.path(), &["erbij", "story", "My day", "--dir", "book"]);
    assert!(run.out.starts_with("Done: "), "{run:?}");
    let text = fs::read_to_string(here.path().join("book/stories/my-day.md")).unwrap();
    assert!(text.contains("title: My day"), "{text}");
}

#[test]
fn the_day_decides_and_is_handed_in() {
    let story = "---\ntitel: Op tijd\nverteller: Noor\nleeftijd verteller: 18+\n\
        toestemming: ja\ntoestemming van: verteller\ntoestemming tot: 1 mei 2026\n---\n\nZo.\n";
    let here = folder(&[("verhalen/op-tijd.md", story)]);
    let code = |day: &str| boekje(here.path(), &["check", "--date", day]).code;
    assert_eq!(code("1 januari 2026"), 0);
    assert_eq!(code("2026-05-02"), 1);
}

#[test]
fn a_folder_without_texts_and_output_over_texts_are_refused() {
    let here = folder(&[("leeg/foto.jpg", "x"), ("teksten/index.md", "# Hallo\n")]);
    let run = boekje(here.path(), &["bouw", "leeg"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(".md"), "{run:?}");
    let run = boekje(here.path(), &["bouw", "teksten", "--out", "teksten"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(here.path().join("teksten/index.md").is_file());
    let run = boekje(here.path(), &["bouw", "teksten/index.md"]);
    assert!(run.code == 2 && run.err.contains("is een bestand"), "{run:?}");
}

#[test]
fn a_site_among_the_texts_gets_a_folder_of_its_own() {
    let here = folder(&[
        ("boek/index.md", "# Hallo\n\nWelkom.\n"),
        ("boek/tips/kom-terug.md", "# Kom terug\n"),
        ("boek/beelden/foto.jpg", "x"),
        ("boek/leeg/.gitkeep", ""),
    ]);
    let before = bytes(here.path());
    // Above, equal, and folders that hold what we would no longer read.
    for out in [".", "boek", "boek/../boek", "boek/tips", "boek/beelden", "boek/tips/.."]
    {
        let run = boekje(here.path(), &["bouw", "boek", "--uit", out]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{out}: {run:?}");
        assert!(run.err.contains("teksten") && run.err.contains("--uit"), "{run:?}");
        assert_eq!(bytes(here.path()), before, "{out}");
    }
    // New or empty folders are fine, also deep, also the second time.
    for out in ["boek/public", "boek/leeg", "boek/tips/site"] {
        for _ in 0..2 {
            let run = boekje(here.path(), &["bouw", "boek", "--uit", out]);
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{out}: {run:?}");
        }
        let site = here.path().join(out);
        assert!(site.join("tips/kom-terug.html").is_file(), "{out}");
        let pages = bytes(&site).into_keys().filter(|name| name.ends_with(".html"));
        assert_eq!(pages.count(), 6, "{out} holds no pages about other pages");
    }
    // A text that lands in the site would never be read: said, and nothing is lost.
    fs::write(here.path().join("boek/public/nieuw.md"), "# Nieuw\n").unwrap();
    let run = boekje(here.path(), &["bouw", "boek", "--uit", "boek/public"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(here.path().join("boek/public/nieuw.md").is_file());
}

#[test]
fn check_and_build_count_alike_and_build_names_at_most_ten() {
    let here = mixed();
    let text = |name: String, text: &str| {
        let path = here.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for number in 0..11 {
        text(format!("verhalen/v{number:02}.md"), STORY);
    }
    text("tips/later.md".into(), "---\npubliceren op: 1 mei 2099\n---\n\nLater.\n");
    text("tips/klad.md".into(), "---\nconcept: ja\n---\n\nKlad.\n");
    text("tips/weg.md".into(), "# Weg\n\n[hier](nergens.md) en [hier](nergens.md)\n");
    let check = boekje(here.path(), &["controle", "."]);
    let build = boekje(here.path(), &["bouw", "."]);
    for run in [&check, &build] {
        let says = "14 teksten blijven binnen, 2 dingen om naar te kijken";
        assert!(run.out.contains(says), "{run:?}");
        assert!(run.out.contains("tips/later.md: wacht op zijn dag"), "{run:?}");
        assert!(run.out.contains("tips/klad.md: concept"), "{run:?}");
    }
    assert!(build.out.contains("  en nog 4\n"), "{build:?}");
    assert!(!check.out.contains("  en nog "), "{check:?}");
    assert_eq!((check.code, build.code), (1, 0));
    let json = boekje(here.path(), &["check", ".", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let list = json["problems"].as_array().unwrap();
    for weight in ["quiet", "hint", "heads-up", "stop"] {
        let here = list.iter().filter(|one| one["severity"] == weight).count();
        assert_eq!(json["summary"][weight], here, "{weight}");
    }
    assert_eq!(json["summary"]["heads-up"], 2);
}

#[test]
fn names_with_spaces_and_accents_are_fine() {
    let here = folder(&[("Ons böekje/Één tip.md", "# Één tip\n\nKom.\n")]);
    let run = boekje(here.path(), &["bouw", "Ons böekje", "--uit", "De wébsite"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(here.path().join("De wébsite/een-tip.html").is_file(), "{run:?}");
    let run = boekje(here.path(), &["erbij", "tip", "Zó kan het", "--map", "Ons böekje"]);
    assert!(run.out.contains("Ons böekje/tips/zo-kan-het.md"), "{run:?}");
}

#[test]
fn a_reader_that_leaves_early_is_fine() {
    let here = mixed();
    let mut child = command(here.path(), &["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
