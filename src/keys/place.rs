//! Where the keys file stands: in a private place of this user, one file per folder of
//! texts; or where `BOEKJE_KEYS` says.

use crate::problem::Failure;
use crate::text::slug;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The variable that names another place.
pub const VARIABLE: &str = "BOEKJE_KEYS";

/// Where the keys of a folder of texts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The keys file.
    pub file: PathBuf,
    /// The folder of texts, as the disk names it.
    pub texts: PathBuf,
}

impl Place {
    /// Tells whether there are keys.
    pub fn has_keys(&self) -> bool {
        self.file.exists()
    }

    /// Finds the place; `get` reads the environment.
    pub fn find(
        texts: &Path,
        get: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Place, Failure> {
        let get = |name| get(name).filter(|value| !value.is_empty());
        let real = texts
            .canonicalize()
            .map_err(|cause| Failure::new("cannot-read", texts, cause))?;
        let file = match get(VARIABLE).map(PathBuf::from) {
            Some(folder) if folder.is_dir() => folder.join(name(&real)),
            Some(file) => std::path::absolute(&file)
                .map_err(|cause| Failure::new("cannot-read", &file, cause))?,
            None => home(get)
                .ok_or_else(|| Failure::refused("keys-nowhere", texts))?
                .join("boekje")
                .join("keys")
                .join(name(&real)),
        };
        Ok(Place { file, texts: real })
    }
}

/// Returns the folder where programs keep what is this user's alone.
fn home(get: impl Fn(&'static str) -> Option<OsString>) -> Option<PathBuf> {
    let at = |name, below: &str| get(name).map(|path| PathBuf::from(path).join(below));
    if cfg!(windows) {
        return at("APPDATA", "").or_else(|| at("USERPROFILE", "AppData/Roaming"));
    }
    if cfg!(target_os = "macos") {
        return at("HOME", "Library/Application Support");
    }
    // The rule of XDG: a path that is not absolute does not count.
    at("XDG_DATA_HOME", "")
        .filter(|path| path.is_absolute())
        .or_else(|| at("HOME", ".local/share"))
}

/// Returns a name that tells a person which folder it is, and that no other folder has.
fn name(texts: &Path) -> String {
    let sum = Sha256::digest(texts.as_os_str().as_encoded_bytes());
    let sum: String = sum.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let own = |path: &Path| {
        slug(&path.file_name().unwrap_or_default().to_string_lossy())
            .chars()
            .take(40)
            .collect::<String>()
    };
    let mut name = own(texts);
    if name == "content"
        && let Some(above) = texts.parent()
    {
        name = own(above);
    }
    format!("{name}-{sum}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(texts: &Path, name: &str, value: &str) -> Result<Place, Failure> {
        Place::find(texts, |asked| (asked == name).then(|| value.into()))
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn each_folder_has_its_file_in_a_private_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = folder.path().join("Boekje van Noor").join("content");
        std::fs::create_dir_all(&texts).expect("a folder");
        let at_home = place(&texts, "HOME", "/thuis").expect("a place").file;
        assert!(at_home.starts_with("/thuis/.local/share/boekje/keys"));
        let name = at_home.file_name().expect("a name").to_string_lossy();
        assert!(name.starts_with("boekje-van-noor-") && name.ends_with(".json"));
        let data = place(&texts, "XDG_DATA_HOME", "/data").expect("a place").file;
        assert!(data.starts_with("/data/boekje/keys"));
        let none = place(&texts, "XDG_DATA_HOME", "data").expect_err("nowhere");
        assert_eq!(none.what, "keys-nowhere");
        assert!(place(Path::new("/nergens"), "HOME", "/thuis").is_err());
        let other = place(folder.path(), "HOME", "/thuis").expect("a place").file;
        assert_ne!(at_home, other);
    }

    #[test]
    fn the_variable_names_a_file_or_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().to_string_lossy().into_owned();
        let inside = place(folder.path(), VARIABLE, &there).expect("a place").file;
        assert_eq!(inside.parent(), Some(folder.path()));
        let file = folder.path().join("mijn.json");
        let named = place(folder.path(), VARIABLE, &file.to_string_lossy());
        assert_eq!(named.expect("a place").file, file);
    }
}
