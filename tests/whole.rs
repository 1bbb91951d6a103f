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
use std::time::{Duration, Instant};

/// Moments at which a build is killed.
const MOMENTS: u32 = 30;

/// Texts in the folder that is built.
const TEXTS: usize = 200;

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
