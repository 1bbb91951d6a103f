//! Whether the keys file is safe where it stands. Fails closed: what cannot be seen counts
//! as not safe.

use super::place::Place;
use crate::files;
use crate::problem::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// Refuses a place inside the texts or inside the site, and one that git keeps. `site` is
/// where the site goes, when that is known.
pub(super) fn place(place: &Place, site: Option<&Path>) -> Result<(), Failure> {
    let file = real(&place.file);
    let refuse = |what| Err(Failure::refused(what, &place.file));
    // A name that is a link lies in two places at once: both count.
    for file in [&file, &place.file] {
        if file.starts_with(&place.texts) {
            return refuse("keys-in-texts");
        }
        if site.is_some_and(|site| file.starts_with(real(site))) || is_in_a_site(file) {
            return refuse("keys-in-site");
        }
        if is_in_git(file) {
            return refuse("keys-in-git");
        }
    }
    Ok(())
}

/// Refuses a file that others can read.
#[cfg(unix)]
pub(super) fn rights(file: &Path, facts: &fs::Metadata) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt;
    if facts.mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(Failure::refused("keys-open", file))
}

/// Elsewhere the private folder of the user keeps others out.
#[cfg(not(unix))]
pub(super) fn rights(_file: &Path, _facts: &fs::Metadata) -> Result<(), Failure> {
    Ok(())
}

/// Returns the path with all links followed, also when its last parts are not there yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let known = path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.join(rest))
    });
    known.unwrap_or(path)
}

/// Tells whether a folder around the file is a site of ours: its list stands in it.
fn is_in_a_site(file: &Path) -> bool {
    file.ancestors().skip(1).any(|folder| folder.join(files::LIST).is_file())
}

/// Tells whether a git repository around the file keeps it. No program is started: a
/// foreign repository may say which one.
fn is_in_git(file: &Path) -> bool {
    file.ancestors().skip(1).any(|folder| {
        let Some(index) = index(&folder.join(".git")) else { return false };
        let Ok(path) = file.strip_prefix(folder) else { return true };
        let path = path.to_string_lossy().replace('\\', "/");
        match files::read(&index) {
            Ok(bytes) => names(&bytes, path.as_bytes()),
            // No index: nothing was ever added. Unreadable: better no keys than keys in git.
            Err(cause) => cause.kind() != std::io::ErrorKind::NotFound,
        }
    })
}

/// Finds the index of a repository: `.git` is its folder, or a file that names it.
fn index(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.join("index"));
    }
    let text = files::read(git).ok()?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let named = text.strip_prefix("gitdir:")?.trim();
    Some(git.parent()?.join(named).join("index"))
}

/// Tells whether an index names a path. Version 4 leaves out what two names share, so there
/// the last half of the file's name is enough to be careful.
fn names(index: &[u8], path: &[u8]) -> bool {
    let version = index.get(4..8);
    let sought = if version == Some(&[0, 0, 0, 4]) {
        &path[path.len() - path.len().min(8)..]
    } else {
        path
    };
    let after = |at: usize| index.get(at + sought.len()).is_none_or(|byte| *byte == 0);
    !sought.is_empty()
        && index
            .windows(sought.len())
            .enumerate()
            .any(|(at, part)| part == sought && after(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Home {
            let home = Home(tempfile::tempdir().expect("a folder"));
            for name in ["teksten", "site", "thuis"] {
                fs::create_dir(home.at(name)).expect("a folder");
            }
            home
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().canonicalize().expect("there").join(name)
        }

        fn look(&self, file: PathBuf) -> Option<&'static str> {
            let there = Place { file, texts: self.at("teksten") };
            place(&there, Some(&self.at("site"))).err().map(|failure| failure.what)
        }

        fn git(&self, words: &[&str]) -> bool {
            let done = std::process::Command::new("git")
                .current_dir(self.at("thuis"))
                .args(words)
                .output();
            done.is_ok_and(|done| done.status.success())
        }
    }

    #[test]
    fn not_inside_the_texts_and_not_inside_the_site() {
        let home = Home::new();
        assert_eq!(home.look(home.at("thuis/keys.json")), None);
        assert_eq!(home.look(home.at("teksten/keys.json")), Some("keys-in-texts"));
        assert_eq!(home.look(home.at("teksten/_x/keys.json")), Some("keys-in-texts"));
        assert_eq!(home.look(home.at("site/keys.json")), Some("keys-in-site"));
    }

    /// Also where nobody knows where the site goes: a card is made, no site is built.
    #[test]
    fn a_site_is_known_by_its_list() {
        let home = Home::new();
        fs::create_dir_all(home.at("thuis/public/p")).expect("a folder");
        let file = home.at("thuis/public/p/keys.json");
        assert_eq!(home.look(file.clone()), None);
        fs::File::create(home.at("thuis/public").join(files::LIST)).expect("a file");
        assert_eq!(home.look(file), Some("keys-in-site"));
        assert_eq!(home.look(home.at("thuis/keys.json")), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_hides_nothing() {
        let home = Home::new();
        std::os::unix::fs::symlink(home.at("site"), home.at("thuis/door")).expect("link");
        assert_eq!(home.look(home.at("thuis/door/keys.json")), Some("keys-in-site"));
        fs::File::create(home.at("thuis/keys.json")).expect("a file");
        std::os::unix::fs::symlink(
            home.at("thuis/keys.json"),
            home.at("teksten/keys.json"),
        )
        .expect("link");
        assert_eq!(home.look(home.at("teksten/keys.json")), Some("keys-in-texts"));
    }

    #[test]
    fn not_where_git_keeps_it() {
        let home = Home::new();
        if !home.git(&["init", "-q"]) {
            return;
        }
        let file = home.at("thuis/map/keys.json");
        fs::create_dir(home.at("thuis/map")).expect("a folder");
        for name in ["thuis/map/keys.json", "thuis/map/keys.json.txt"] {
            fs::File::create(home.at(name)).expect("a file");
        }
        assert_eq!(home.look(file.clone()), None, "nothing added yet");
        assert!(home.git(&["add", "map/keys.json.txt"]));
        assert_eq!(home.look(file.clone()), None, "another file");
        assert!(home.git(&["add", "map/keys.json"]));
        assert_eq!(home.look(file.clone()), Some("keys-in-git"));
        assert!(home.git(&["update-index", "--index-version", "4"]));
        assert_eq!(home.look(file), Some("keys-in-git"), "names that share letters");
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::new();
        let path = home.at("thuis/keys.json");
        let file = fs::File::create(&path).expect("a file");
        for (mode, refused) in
            [(0o600, false), (0o400, false), (0o644, true), (0o640, true), (0o602, true)]
        {
            file.set_permissions(fs::Permissions::from_mode(mode)).expect("rights");
            let facts = file.metadata().expect("facts");
            assert_eq!(rights(&path, &facts).is_err(), refused, "{mode:o}");
        }
    }
}
