//! Names of what we put beside a site folder while we work.

use super::list::hash;
use std::path::{Path, PathBuf};

/// Returns a hidden path beside a folder: `site` → `.site.boekje<end>`. The longest names
/// are cut, with a few letters of their own so that two of them stay apart.
pub(super) fn beside(folder: &Path, end: &str) -> PathBuf {
    const LONGEST: usize = 200;
    let own = folder.file_name().map_or("site".into(), |own| own.to_string_lossy());
    let own = if own.len() > LONGEST {
        let start: String = own.chars().take(LONGEST / 4).collect();
        start + &hash(own.as_bytes())[..8]
    } else {
        own.into_owned()
    };
    folder.with_file_name(format!(".{own}.boekje{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_names_stay_apart() {
        let (one, two) = ("é".repeat(124) + "1", "é".repeat(124) + "2");
        let (one, two) = (beside(Path::new(&one), ""), beside(Path::new(&two), ""));
        assert_ne!(one, two);
        assert!(one.as_os_str().len() < 255);
        assert_eq!(
            beside(Path::new("a/site"), "-lock"),
            Path::new("a/.site.boekje-lock")
        );
    }
}
