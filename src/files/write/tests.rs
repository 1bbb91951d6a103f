//! What writing promises: the old site or the new one, never half of either.

use super::*;
use crate::text::TextPath;

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

fn build(list: &[(&str, &str)], out: &Path) -> Written {
    write(&files(list), out, &|_, _| {}).unwrap()
}

#[test]
fn unchanged_files_keep_their_time_and_gone_ones_go() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&[("a.html", "a"), ("tips/b.html", "b"), ("c.html", "c")], &out);
    let before = fs::metadata(out.join("a.html")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let done = build(&[("a.html", "a"), ("tips/b.html", "new")], &out);
    assert_eq!((done.written, done.unchanged, done.deleted), (1, 1, 1));
    assert_eq!(fs::metadata(out.join("a.html")).unwrap().modified().unwrap(), before);
    assert_eq!(super::super::read(&out.join("tips/b.html")).unwrap(), b"new");
    assert!(!out.join("c.html").exists());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "nothing stays beside the site: {left:?}");
}

#[test]
fn files_of_others_are_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    put(&out.join("eigen/foto.txt"), "van mij");
    fs::create_dir_all(out.join("leeg")).unwrap();
    build(&[("a.html", "a")], &out);
    build(&[("b.html", "b")], &out);
    assert_eq!(super::super::read(&out.join("eigen/foto.txt")).unwrap(), b"van mij");
    assert!(out.join("leeg").is_dir());
    assert!(!out.join("a.html").exists());
    // The wish for an address where somebody else's file stands is refused, old stays.
    put(&out.join("c.html"), "van mij");
    let refused = write(&files(&[("c.html", "van ons")]), &out, &|_, _| {});
    assert_eq!(refused.err().map(|failure| failure.what), Some("not-ours"));
    assert_eq!(super::super::read(&out.join("c.html")).unwrap(), b"van mij");
    assert!(out.join("b.html").exists());
}

#[test]
fn a_file_that_cannot_be_made_leaves_the_old_site_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&[("a.html", "old")], &out);
    let mut next = files(&[("a.html", "new")]);
    next.add(Address::new("b.html"), || {
        Err(Problem::file(Code::M02, &TextPath::new("base.html")))
    });
    let done = write(&next, &out, &|_, _| {}).unwrap();
    assert!(!done.published);
    assert_eq!(super::super::read(&out.join("a.html")).unwrap(), b"old");
}

#[test]
fn one_build_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let _held = Lock::take(&out).unwrap();
    let second = write(&files(&[("a.html", "a")]), &out, &|_, _| {});
    assert_eq!(second.err().map(|failure| failure.what), Some("busy"));
}

#[test]
fn an_interrupted_exchange_in_two_steps_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    build(&[("a.html", "a")], &out);
    fs::rename(&out, beside(&out, "old")).unwrap();
    build(&[("a.html", "a")], &out);
    assert!(out.join("a.html").exists());
    assert!(!beside(&out, "old").exists());
}
