//! `boekje reader` as people meet it: a card is made, found again, renewed and revoked; and
//! every refusal leaves what was there.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const PLAN: &str = "---\nsoort: plan\ntitel: Plan van Noor\nlezers: gezin, School, \
                    buurtteam\n---\n\n## Afspraken\n\nVoor: school\n\n- Bellen\n";

struct Home(TempDir);

struct Ran {
    out: String,
    err: String,
    code: i32,
}

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        let site = "---\ntitel: Thuis\ntaal: nl\nadres: https://noor.example/\n---\n";
        home.write("teksten/site.md", site);
        home.write("teksten/plannen/noor.md", PLAN);
        home
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, words: &str) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_boekje"))
            .args(words.split('|').map(str::trim))
            .current_dir(self.0.path())
            .env("BOEKJE_KEYS", self.keys())
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    fn keys(&self) -> PathBuf {
        self.0.path().join("sleutels/keys.json")
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.keys()).unwrap_or_default()
    }
}

impl Ran {
    /// Returns the words on the card.
    fn words(&self) -> String {
        let mut lines = self.out.lines().skip_while(|line| !line.contains("woorden:"));
        lines.nth(2).expect("words").trim().to_string()
    }

    fn refused(&self, part: &str) {
        assert_eq!(self.code, 2, "{} {}", self.out, self.err);
        assert!(self.err.contains(part), "{part} in {}", self.err);
        assert!(self.out.is_empty());
    }
}

#[test]
fn a_card_is_shown_once_and_the_words_are_kept_nowhere() {
    let home = Home::new();
    let ran = home.run("lezer | erbij | teksten | school | --tot | 1 mei 2099");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let words = ran.words();
    assert_eq!(words.split(' ').count(), 6, "{}", ran.out);
    for part in ["https://noor.example/p/", "1 mei 2099", "School", "keys.json"] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    let cut = ran.out.split("- - -").nth(1).unwrap();
    assert!(!cut.contains("Noor van") && !cut.contains("School"), "{cut}");
    assert!(words.split(' ').all(|word| !home.kept().contains(word)));
    let list = home.run("lezer | lijst | teksten");
    assert!(list.out.contains("School: sinds") && list.out.contains("1 mei 2099"));
    assert!(!list.out.contains(&words));
}

#[cfg(feature = "print")]
#[test]
fn a_card_on_paper_is_for_its_owner_and_never_among_the_texts() {
    let home = Home::new();
    home.run("lezer | erbij | teksten | school | --kaart | teksten/kaart.pdf")
        .refused("--kaart");
    assert_eq!(home.kept(), "", "nothing changed");
    let ran = home.run("lezer | erbij | teksten | school | --kaart | kaart.pdf");
    assert!(ran.out.contains("gooi het bestand daarna weg"), "{}{}", ran.out, ran.err);
    let path = home.0.path().join("kaart.pdf");
    let card = fs::read(&path).unwrap();
    assert!(card.starts_with(b"%PDF-"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = home.kept();
    home.run("reader | renew | teksten | school | --card | kaart.pdf")
        .refused("kaart.pdf");
    assert_eq!(before, home.kept());
    assert_eq!(card, fs::read(path).unwrap(), "nothing is written over");
}

/// Keys that could not be kept: the card would open nothing.
#[cfg(feature = "print")]
#[test]
fn a_card_without_keys_leaves_nothing_behind() {
    let home = Home::new();
    home.run("lezer | erbij | teksten | school");
    let before = home.kept();
    let card = home.0.path().join("kaart.pdf");
    // Where the new keys are written first, a folder stands in the way.
    fs::create_dir(home.0.path().join("sleutels/keys.json.new")).unwrap();
    home.run("lezer | erbij | teksten | gezin | --kaart | kaart.pdf")
        .refused("keys.json");
    assert!(!card.exists(), "no empty file stays behind");
    assert_eq!(home.kept(), before);
    fs::remove_dir(home.0.path().join("sleutels/keys.json.new")).unwrap();
    home.run("lezer | erbij | teksten | gezin | --kaart | kaart.pdf");
    assert!(card.exists());
}

/// A theme that cannot set a card: ours does, and the terminal says so.
#[cfg(feature = "print")]
#[test]
fn a_card_says_what_its_theme_could_not_do() {
    let home = Home::new();
    home.write(
        "teksten/site.md",
        "---\ntitel: Thuis\nadres: https://noor.example/\nthema stijl: eigen\n---\n",
    );
    home.write("teksten/themes/eigen/theme.toml", "parent = \"verbinden\"\n");
    let broken = "#let reader-card(..all) = panic(\"geen kaart\")\n";
    home.write("teksten/themes/eigen/print/booklet.typ", broken);
    let ran = home.run("lezer | erbij | teksten | school | --kaart | kaart.pdf");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("geen kaart"), "{}", ran.out);
    assert!(fs::read(home.0.path().join("kaart.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn seven_words_and_a_link_with_its_warning() {
    let home = Home::new();
    let ran = home.run("reader | add | teksten | gezin | --words | 7 | --link");
    assert_eq!(ran.words().split(' ').count(), 7, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("/#s=") && ran.out.contains("geschiedenis"), "{}", ran.out);
    assert!(home.run("lezer | lijst | teksten").out.contains("met link"));
    home.run("lezer | erbij | teksten | school | --woorden | 5").refused("5");
    home.run("lezer | erbij | teksten | school | --woorden | zes").refused("zes");
}

#[test]
fn a_card_is_renewed_and_revoked() {
    let home = Home::new();
    let old = home.run("lezer | erbij | teksten | School").words();
    let before = home.kept();
    home.run("lezer | erbij | teksten | school").refused("vernieuwen");
    home.run("lezer | vernieuwen | teksten | gezin").refused("erbij");
    assert_eq!(home.kept(), before);
    let new = home.run("lezer | vernieuwen | teksten | school").words();
    assert_ne!(old, new);
    let gone = home.run("reader | revoke | teksten | SCHOOL");
    assert!(gone.out.contains("terugdraaien"), "{}{}", gone.out, gone.err);
    assert!(!home.run("lezer | lijst | teksten").out.contains("School"));
    home.run("lezer | intrekken | teksten | school").refused("geen kaart");
}

#[test]
fn names_that_are_nearly_right_get_a_question() {
    let home = Home::new();
    home.run("lezer | erbij | teksten | scool").refused("Bedoel je “School”");
    home.run("lezer | erbij | teksten | kaas").refused("buurtteam");
    home.run("lezer | erbij | teksten").refused("Voor wie is het?");
    home.run("lezer | erbij | ./teksten").refused("Voor wie is het?");
    home.run("lezer | erbji | teksten | school").refused("Bedoel je");
    home.run("lezer | erbij | teksten | school | --tot | gisteren")
        .refused("--tot \"1 mei");
    home.run("lezer | erbij | teksten | school | --tot | 1-1-2020").refused("1-1-2020");
    home.run("lezer | erbij | teksten | school | --plan | nor").refused("noor.md");
    assert!(!home.keys().exists(), "nothing was made");
    home.write("teksten/plannen/anders.md", PLAN);
    home.run("lezer | erbij | teksten | school").refused("plannen/anders.md");
    let ran = home.run("lezer | erbij | teksten | school | --plan | anders");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_folder_without_a_plan_is_told_what_to_write() {
    let home = Home::new();
    fs::remove_dir_all(home.0.path().join("teksten/plannen")).unwrap();
    home.run("lezer | erbij | teksten | school").refused("lezers:");
    let list = home.run("lezer | lijst | teksten");
    assert!(list.out.contains("BOEKJE_KEYS"), "{}", list.out);
}

#[test]
fn damaged_keys_are_left_alone() {
    let home = Home::new();
    home.run("lezer | erbij | teksten | school");
    let damaged = home.kept().replace("School", "Skool");
    fs::write(home.keys(), &damaged).unwrap();
    for deed in ["erbij | teksten | gezin", "lijst | teksten", "intrekken | teksten | x"]
    {
        home.run(&format!("lezer | {deed}")).refused("beschadigd");
    }
    assert_eq!(home.kept(), damaged);
}

#[test]
#[cfg(unix)]
fn keys_that_others_can_read_are_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.run("lezer | erbij | teksten | school");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.keys()), 0o600);
    fs::set_permissions(home.keys(), fs::Permissions::from_mode(0o644)).unwrap();
    home.run("lezer | lijst | teksten").refused("chmod 600");
    home.run("lezer | erbij | teksten | gezin").refused("chmod 600");
}

#[test]
fn a_renamed_text_is_noticed() {
    let home = Home::new();
    home.run("lezer | erbij | teksten | school");
    let old = home.0.path().join("teksten/plannen/noor.md");
    fs::rename(old, home.0.path().join("teksten/plannen/plan.md")).unwrap();
    let list = home.run("lezer | lijst | teksten");
    assert!(list.out.contains("vind ik niet meer"), "{}", list.out);
}

/// What to type next stands there whole, to copy.
#[test]
fn the_next_command_is_whole() {
    let home = Home::new();
    let renew = "lezer vernieuwen teksten \"School\"";
    home.run("lezer | vernieuwen | teksten | school")
        .refused("lezer erbij teksten \"School\"");
    home.run("lezer | erbij | teksten | school | --tot | 1 mei 2099");
    home.run("lezer | erbij | teksten | school").refused(renew);
    home.run("--lang | en | reader | add | teksten | school").refused("\"School\"");
    let lang = "lezer | erbij | teksten | gezin | --link";
    assert!(!home.run(lang).out.contains("\n\n\n"), "no gaps");
}

/// Also before there is a build that knows where the site goes.
#[test]
fn keys_do_not_go_into_a_site() {
    let home = Home::new();
    home.run("bouw | teksten");
    let at = |name: &str| home.0.path().join(name);
    fs::rename(at("public"), at("sleutels")).unwrap();
    home.run("lezer | erbij | teksten | school").refused("map van de website");
    assert!(!home.keys().exists());
}

/// It is left out, and a script that publishes stops: what is taken back goes out still.
#[test]
fn a_picture_of_a_plan_on_an_open_page_is_no_good_run() {
    let home = Home::new();
    let picture =
        "<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>";
    home.write("teksten/plannen/kamer.svg", picture);
    home.write("teksten/plannen/noor.md", &format!("{PLAN}\n![De kamer](kamer.svg)\n"));
    home.write("teksten/index.md", "# Thuis\n\nWelkom.\n");
    assert_eq!(home.run("bouw | teksten").code, 0);
    home.write("teksten/index.md", "# Thuis\n\nDag.\n\n![Kamer](plannen/kamer.svg)\n");
    let ran = home.run("bouw | teksten");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("R06"), "{}", ran.out);
    let page = fs::read_to_string(home.0.path().join("public/index.html")).unwrap();
    assert!(page.contains("Dag.") && !page.contains("kamer.svg"), "{page}");
}
