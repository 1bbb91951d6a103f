//! The site folder is whole at every moment: builds that are killed, full disks, folders
//! where they are not expected. Runs the real program on real folders.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that runs the real program on real folders"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Moments at which a build is killed.
const MOMENTS: u32 = 200;

/// Texts in the folder that is built.
const TEXTS: usize = 60;

type Bytes = BTreeMap<String, Vec<u8>>;

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All files below a folder with their bytes.
fn bytes(folder: &Path) -> Bytes {
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

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Starts a build of `texts` into `site`.
fn build(here: &Path, texts: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boekje"));
    command
        .args(["--taal", "nl", "build", texts, "--out", "site", "--no-search"])
        .args(["--date", "2026-06-01"])
        .current_dir(here)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn done(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Writes a folder with many texts; the title is on every page.
fn many(folder: &Path, title: &str) {
    put(&folder.join("site.md"), &format!("---\ntitel: {title}\n---\n"));
    for number in 0..TEXTS {
        let name = format!("tips/tip-{number}.md");
        let own = format!("# Tip {number}\n\nKom terug, ook op dag {number}.\n");
        put(&folder.join(name), &own);
    }
    // Each folder has a text that the other has not.
    let alone = format!("{}.md", title.to_lowercase());
    put(&folder.join(alone), &format!("# Alleen in {title}\n\nHier.\n"));
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let site = here.join("site");
    many(&here.join("een"), "Een");
    many(&here.join("twee"), "Twee");
    let mut whole: Vec<Bytes> = Vec::new();
    let mut longest = Duration::ZERO;
    for texts in ["een", "twee"] {
        let start = Instant::now();
        assert_eq!(done(build(here, texts)).0, 0);
        longest = start.elapsed();
        put(&site.join("eigen/brief.txt"), "van oma");
        whole.push(bytes(&site));
    }
    assert_ne!(whole[0], whole[1]);
    let mut now = 1;
    for moment in 0..MOMENTS {
        let next = 1 - now;
        let mut child = build(here, ["een", "twee"][next]).spawn().unwrap();
        // Spread over the whole build, with most moments near its end.
        let part = 1.0 - (f64::from(moment) / f64::from(MOMENTS)).powi(2) * 0.8;
        std::thread::sleep(longest.mul_f64(part));
        child.kill().unwrap();
        child.wait().unwrap();
        let there = bytes(&site);
        let is = whole.iter().position(|one| *one == there);
        now = is.unwrap_or_else(|| panic!("half a site at moment {moment}"));
    }
    let (code, out, err) = done(build(here, "een"));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(bytes(&site), whole[0]);
    assert_eq!(names(here), ["een", "site", "twee"], "nothing stays behind");
}

#[test]
fn a_full_disk_leaves_the_old_site_whole() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    put(&here.join("teksten/index.md"), "# Hallo\n\nWelkom.\n");
    assert_eq!(done(build(here, "teksten")).0, 0);
    let before = bytes(&here.join("site"));
    put(&here.join("teksten/index.md"), "# Anders\n\nWelkom.\n");
    // No file may grow beyond one block: what a full disk does, without one.
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_boekje"))
        .args(["--taal", "nl", "build", "teksten", "--out", "site"])
        .current_dir(here)
        .stdin(Stdio::null());
    let (code, out, err) = done(command);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("schijf is vol") && err.contains("heel gebleven"), "{err}");
    assert_eq!(bytes(&here.join("site")), before);
    assert_eq!(names(here), ["site", "teksten"]);
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let site = here.join("site");
    let mut whole = Vec::new();
    for (texts, title) in [("een", "Een"), ("twee", "Twee")] {
        many(&here.join(texts), title);
        assert_eq!(done(build(here, texts)).0, 0);
        whole.push(bytes(&site));
    }
    for _ in 0..10 {
        let both = ["een", "twee"].map(|texts| build(here, texts).spawn().unwrap());
        let ends = both.map(|child| child.wait_with_output().unwrap());
        let codes = ends.each_ref().map(|one| one.status.code().unwrap());
        let said = ends.map(|one| String::from_utf8(one.stderr).unwrap());
        // Who comes second waits for the first, or says why it does not.
        assert!(codes.contains(&0), "{codes:?} {said:?}");
        for (code, said) in codes.iter().zip(&said) {
            assert!(*code == 0 || (*code == 2 && said.contains("site")), "{code} {said}");
        }
        assert!(whole.contains(&bytes(&site)), "half a site: {codes:?}");
    }
    assert_eq!(names(here), ["een", "site", "twee"], "nothing stays behind");
}

#[test]
fn a_folder_that_changes_while_it_is_read_is_no_reason_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let texts = here.join("teksten");
    many(&texts, "Thuis");
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (stop, texts) = (&stop, &texts);
        // Files vanish, grow, become folders, and come back.
        scope.spawn(move || {
            let mut turn = 0;
            while !stop.load(Ordering::Relaxed) {
                let path = texts.join(format!("tips/tip-{}.md", turn % TEXTS));
                match turn % 4 {
                    0 => drop(fs::remove_file(&path)),
                    1 => put(&path, &format!("# Tip\n\n{}", "Kom terug. ".repeat(5_000))),
                    2 => {
                        drop(fs::remove_file(&path).and_then(|()| fs::create_dir(&path)))
                    }
                    _ => {
                        drop(fs::remove_dir(&path));
                        let part = texts.join("tips/half.part");
                        put(&part, "# Tip\n\nKom terug.\n");
                        drop(fs::rename(&part, &path));
                    }
                }
                turn += 7;
            }
        });
        let ends: Vec<_> = (0..12).map(|_| done(build(here, "teksten"))).collect();
        stop.store(true, Ordering::Relaxed);
        for (code, out, err) in ends {
            assert!(code < 2 && !out.is_empty(), "{code}\n{out}\n{err}");
            assert!(!err.contains("panicked"), "{err}");
        }
    });
    assert_eq!(names(here), ["site", "teksten"], "nothing stays behind");
}

#[test]
fn names_that_no_disk_can_hold_and_files_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // A title of 400 letters makes no name of a file that is longer than disks can hold.
    let long = "lang ".repeat(80);
    put(&here.join("teksten/tips/een.md"), &format!("# {long}\n\nKort.\n"));
    put(
        &here.join("teksten/tips/twee.md"),
        &format!("adres: {long}\n\n# Twee\n\nKort.\n"),
    );
    let thema = format!("thema: {long}\n\n# Drie\n\nKort.\n");
    put(&here.join("teksten/tips/drie.md"), &thema);
    let (code, out, err) = done(build(here, "teksten"));
    assert!(code < 2, "{code}\n{out}\n{err}");
    let before = bytes(&here.join("site"));
    assert!(before.len() > 5);
    // A file where the site is to stand: it stays, with a sentence.
    put(&here.join("bestand"), "van oma");
    let mut command = Command::new(env!("CARGO_BIN_EXE_boekje"));
    command.args(["--taal", "nl", "build", "teksten", "--out", "bestand"]);
    command.current_dir(here).stdin(Stdio::null());
    let (code, _, err) = done(command);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("bestand"), "{err}");
    assert_eq!(fs::read_to_string(here.join("bestand")).unwrap(), "van oma");
    assert_eq!(names(here), ["bestand", "site", "teksten"]);
}
