//! What writing promises: the old site or the new one, never half of either, and nothing
//! of anybody else ever touched.

use super::super::list::ours;
use super::*;
use crate::text::TextPath;
use std::fs;

fn files(list: &[(&str, &str)]) -> Files<'static> {
    let mut files = Files::default();
    for (address, text) in list {
        let bytes = text.as_bytes().to_vec();
        files.add(Address::new(address), move || Ok(bytes.clone()));
    }
    files
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    write_new(path, text.as_bytes()).unwrap();
}

fn text(path: &Path) -> String {
    String::from_utf8(super::super::read(path).unwrap()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn build(list: &[(&str, &str)], out: &Path) -> Written {
    write(&files(list), out, &|_, _| {}).unwrap()
}

fn refusal(list: &[(&str, &str)], out: &Path) -> &'static str {
    write(&files(list), out, &|_, _| {}).unwrap_err().what
}

/// Builds file by file, as where folders cannot change places.
fn build_inside(list: &[(&str, &str)], out: &Path) -> Written {
    let files = files(list);
    let old = ours(out).unwrap();
    let how = How { progress: &|_, _| {}, look: &|_, _| None, before: None };
    Writing { files: &files, out, old, known: Known::default(), how }
        .one_by_one()
        .unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().canonicalize().unwrap().join("site");
    (folder, out)
}

#[test]
fn unchanged_files_keep_their_time_and_gone_ones_go() {
    for build in [build, build_inside] {
        let (folder, out) = folder();
        fs::create_dir(&out).unwrap();
        build(&[("a.html", "a"), ("tips/b.html", "b"), ("c/c.html", "c")], &out);
        put(&out.join("eigen/foto.txt"), "van mij");
        let time = |name| fs::metadata(out.join(name)).unwrap().modified().unwrap();
        let before = (time("a.html"), time("eigen/foto.txt"), time("eigen"));
        std::thread::sleep(std::time::Duration::from_millis(20));
        let done = build(&[("a.html", "a"), ("tips/b.html", "new")], &out);
        assert_eq!((done.written, done.unchanged, done.deleted), (1, 1, 1));
        assert_eq!((time("a.html"), time("eigen/foto.txt"), time("eigen")), before);
        assert_eq!(text(&out.join("tips/b.html")), "new");
        assert_eq!(names(&out), [LIST, "a.html", "eigen", "tips"]);
        assert_eq!(names(folder.path()), ["site"], "nothing stays beside the site");
        assert!(!text(&out.join(LIST)).contains("c.html"));
    }
}

#[test]
fn files_of_others_are_never_touched() {
    for build in [build, build_inside] {
        let (_folder, out) = folder();
        put(&out.join("eigen/foto.txt"), "van mij");
        fs::create_dir_all(out.join("leeg")).unwrap();
        build(&[("a.html", "a")], &out);
        build(&[("b.html", "b")], &out);
        assert_eq!(text(&out.join("eigen/foto.txt")), "van mij");
        assert!(out.join("leeg").is_dir());
        assert!(!out.join("a.html").exists());
        // The wish for an address where somebody else's file or folder stands, or that
        // leads through one, is refused; the old site stays.
        put(&out.join("c.html"), "van mij");
        assert_eq!(refusal(&[("c.html", "van ons")], &out), "not-ours");
        assert_eq!(refusal(&[("eigen", "van ons")], &out), "not-ours");
        assert_eq!(refusal(&[("c.html/d.html", "van ons")], &out), "not-ours");
        assert_eq!(text(&out.join("c.html")), "van mij");
        assert!(out.join("b.html").exists());
    }
}

#[test]
fn a_file_of_ours_may_become_a_folder() {
    for build in [build, build_inside] {
        let (_folder, out) = folder();
        fs::create_dir(&out).unwrap();
        build(&[("tips", "a")], &out);
        build(&[("tips/a.html", "a")], &out);
        assert_eq!(text(&out.join("tips/a.html")), "a");
    }
}

#[cfg(unix)]
#[test]
fn rights_of_folders_and_files_stay() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, out) = folder();
    let allow = |name: &str, mode| {
        fs::set_permissions(out.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    let mode =
        |name: &str| fs::metadata(out.join(name)).unwrap().permissions().mode() & 0o7777;
    build(&[("tips/a.html", "a")], &out);
    put(&out.join("eigen/diep/brief.txt"), "van mij");
    fs::create_dir(out.join("leeg")).unwrap();
    for (name, rights) in [
        ("eigen/diep/brief.txt", 0o640),
        ("eigen/diep", 0o500),
        ("eigen", 0o700),
        ("leeg", 0o711),
        ("tips", 0o750),
        ("", 0o2755),
    ] {
        allow(name, rights);
    }
    build(&[("tips/a.html", "b"), ("tips/c.html", "c")], &out);
    assert_eq!(mode("eigen/diep/brief.txt"), 0o640);
    assert_eq!(mode("eigen/diep"), 0o500);
    assert_eq!(mode("eigen"), 0o700);
    assert_eq!(mode("leeg"), 0o711);
    assert_eq!(mode("tips"), 0o750);
    assert_eq!(mode(""), 0o2755);
    assert_eq!(names(out.parent().unwrap()), ["site"]);
    allow("eigen/diep", 0o700);
}

#[cfg(unix)]
#[test]
fn links_of_others_come_along_as_links_and_lead_nowhere_for_us() {
    use std::os::unix::fs::symlink;
    for build in [build, build_inside] {
        let (folder, out) = folder();
        let away = folder.path().join("elders");
        put(&away.join("brief.txt"), "van oma");
        build_first(build, &out);
        symlink(away.join("brief.txt"), out.join("brief.txt")).unwrap();
        symlink(&away, out.join("elders")).unwrap();
        symlink("nergens", out.join("weg")).unwrap();
        build(&[("a.html", "b")], &out);
        for (name, target) in [
            ("brief.txt", away.join("brief.txt")),
            ("elders", away.clone()),
            ("weg", PathBuf::from("nergens")),
        ] {
            assert_eq!(fs::read_link(out.join(name)).unwrap(), target, "{name}");
        }
        // Pages that would go through such a link, or in its place, are refused.
        assert_eq!(refusal(&[("elders/a.html", "x")], &out), "not-ours");
        assert_eq!(refusal(&[("brief.txt", "van oma")], &out), "not-ours");
        assert_eq!(refusal(&[("weg", "x")], &out), "not-ours");
        assert_eq!(names(&away), ["brief.txt"]);
        assert_eq!(text(&away.join("brief.txt")), "van oma");
        // A page of ours that somebody made a link of is theirs now.
        fs::remove_file(out.join("a.html")).unwrap();
        symlink(away.join("brief.txt"), out.join("a.html")).unwrap();
        assert_eq!(refusal(&[("a.html", "c")], &out), "not-ours");
        build(&[("b.html", "b")], &out);
        assert!(out.join("a.html").is_symlink());
        assert_eq!(text(&away.join("brief.txt")), "van oma");
    }
}

#[cfg(unix)]
fn build_first(build: fn(&[(&str, &str)], &Path) -> Written, out: &Path) {
    fs::create_dir(out).unwrap();
    build(&[("a.html", "a")], out);
}

#[cfg(unix)]
#[test]
fn a_list_that_is_a_link_is_not_ours() {
    let (folder, out) = folder();
    let list = folder.path().join("lijst");
    put(&list, "x  brief.txt\n");
    put(&out.join("brief.txt"), "van oma");
    std::os::unix::fs::symlink(&list, out.join(LIST)).unwrap();
    assert_eq!(refusal(&[("a.html", "a")], &out), "not-ours");
    assert_eq!(text(&out.join("brief.txt")), "van oma");
}

#[cfg(unix)]
#[test]
fn the_site_folder_may_be_a_link_but_not_to_nothing() {
    let (folder, out) = folder();
    let real = folder.path().join("echt");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &out).unwrap();
    build(&[("a.html", "a")], &out);
    assert!(out.is_symlink() && real.join("a.html").exists());
    fs::remove_dir_all(&real).unwrap();
    assert_eq!(refusal(&[("a.html", "a")], &out), "out-link");
    assert!(out.is_symlink());
}

#[test]
fn a_file_that_cannot_be_made_leaves_the_old_site_whole() {
    let (folder, out) = folder();
    build(&[("a.html", "old")], &out);
    let mut next = files(&[("a.html", "new")]);
    next.add(Address::new("b.html"), || {
        Err(Problem::file(Code::M02, &TextPath::new("base.html")))
    });
    let done = write(&next, &out, &|_, _| {}).unwrap();
    assert!(!done.published);
    assert_eq!(text(&out.join("a.html")), "old");
    assert_eq!(names(folder.path()), ["site"]);
}

#[test]
fn what_the_disk_refuses_leaves_the_old_site_whole() {
    let (folder, out) = folder();
    build(&[("a.html", "old")], &out);
    let long = format!("{}.html", "x".repeat(300));
    let what = refusal(&[("a.html", "new"), (&long, "x")], &out);
    assert!(["name-long", "cannot-write"].contains(&what), "{what}");
    assert_eq!(text(&out.join("a.html")), "old");
    assert_eq!(names(folder.path()), ["site"], "nothing stays after a refusal");
    // Files where a folder would go.
    put(&folder.path().join("brief"), "van oma");
    let below = folder.path().join("brief/site/diep");
    assert_eq!(refusal(&[("a.html", "a")], &below), "file-in-way");
    assert_eq!(refusal(&[("a.html", "a")], &folder.path().join("brief")), "out-is-file");
    assert_eq!(text(&folder.path().join("brief")), "van oma");
}

#[test]
fn one_build_at_a_time() {
    let (_folder, out) = folder();
    let _held = Lock::take(beside(&out, "-lock"), &out).unwrap();
    assert_eq!(refusal(&[("a.html", "a")], &out), "busy");
}

#[test]
fn an_interrupted_exchange_in_two_steps_is_taken_back() {
    let (folder, out) = folder();
    build(&[("a.html", "a")], &out);
    put(&out.join("eigen.txt"), "van mij");
    let place = Workplace::beside(&out).unwrap();
    place.ready().unwrap();
    fs::rename(&out, place.old()).unwrap();
    // Stopped here, and also when our own clean-up still ran.
    drop(place);
    build(&[("a.html", "b")], &out);
    assert_eq!(text(&out.join("a.html")), "b");
    assert_eq!(text(&out.join("eigen.txt")), "van mij");
    assert_eq!(names(folder.path()), ["site"]);
}

#[test]
fn what_a_stopped_build_left_goes_and_what_others_brought_stays() {
    let (folder, out) = folder();
    build(&[("a.html", "a")], &out);
    // Stopped while making: nothing of it may reach the site.
    let place = Workplace::beside(&out).unwrap();
    put(&place.fresh().join("half.html"), "half");
    std::mem::forget(place);
    build(&[("a.html", "a")], &out);
    assert_eq!(names(&out), [LIST, "a.html"]);
    // Stopped after the exchange, and somebody had just brought a file.
    put(&out.join("a.txt"), "oud");
    let place = Workplace::beside(&out).unwrap();
    fs::remove_dir(place.fresh()).unwrap();
    fs::rename(&out, place.fresh()).unwrap();
    put(&place.fresh().join("b/laat.txt"), "laat");
    place.ready().unwrap();
    std::mem::forget(place);
    fs::create_dir(&out).unwrap();
    fs::hard_link(beside(&out, "").join("new/a.txt"), out.join("a.txt")).unwrap();
    build(&[("a.html", "c")], &out);
    assert_eq!(text(&out.join("b/laat.txt")), "laat");
    assert_eq!(text(&out.join("a.txt")), "oud");
    assert_eq!(text(&out.join("a.html")), "c");
    assert_eq!(names(folder.path()), ["site"]);
}

#[test]
fn a_file_brought_while_we_build_is_not_lost() {
    let (_folder, out) = folder();
    build(&[("a.html", "a")], &out);
    put(&out.join("lijst.txt"), "eerst");
    let place = Workplace::beside(&out).unwrap();
    fs::hard_link(out.join("lijst.txt"), place.fresh().join("lijst.txt")).unwrap();
    place.ready().unwrap();
    // After all was carried: a new file, and one saved anew as editors do.
    put(&out.join("laat/brief.txt"), "laat");
    fs::remove_file(out.join("lijst.txt")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    put(&out.join("lijst.txt"), "daarna");
    swap::swap(&place, &out).unwrap();
    drop(place);
    assert_eq!(text(&out.join("laat/brief.txt")), "laat");
    assert_eq!(text(&out.join("lijst.txt")), "daarna");
}

#[test]
fn folders_of_others_with_our_names_are_left() {
    let (folder, out) = folder();
    let theirs = beside(&out, "");
    put(&theirs.join("new/brief.txt"), "van oma");
    put(&beside(&out, "-2"), "een bestand");
    put(&out.join(".boekje-work/brief.txt"), "van opa");
    build(&[("a.html", "a")], &out);
    build_inside(&[("a.html", "b")], &out);
    build(&[("a.html", "c")], &out);
    assert_eq!(text(&theirs.join("new/brief.txt")), "van oma");
    assert_eq!(text(&beside(&out, "-2")), "een bestand");
    assert_eq!(text(&out.join(".boekje-work/brief.txt")), "van opa");
    assert_eq!(names(folder.path()), [".site.boekje", ".site.boekje-2", "site"]);
    // All names taken: refused, not taken over.
    for number in 3..=9 {
        put(&beside(&out, &format!("-{number}")), "vol");
    }
    assert_eq!(refusal(&[("a.html", "d")], &out), "not-ours");
    assert_eq!(text(&out.join("a.html")), "c");
}

#[test]
fn a_build_inside_that_was_stopped_is_finished_by_the_next() {
    let (_folder, out) = folder();
    fs::create_dir(&out).unwrap();
    build_inside(&[("a.html", "a"), ("weg.html", "w")], &out);
    // Stopped after the list and one new page: the list names old and new.
    let place = Workplace::inside(&out).unwrap();
    std::mem::forget(place);
    let list = text(&out.join(LIST)) + "-  nieuw.html\n";
    fs::remove_file(out.join(LIST)).unwrap();
    put(&out.join(LIST), &list);
    put(&out.join("nieuw.html"), "n");
    build_inside(&[("a.html", "b")], &out);
    assert_eq!(names(&out), [LIST, ".boekje-work", "a.html"]);
    build(&[("a.html", "b")], &out);
    assert_eq!(names(&out), [LIST, "a.html"], "recovered");
}
