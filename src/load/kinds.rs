//! What kind a text is by the place where it stands, and what its name says as a title.

use crate::kind::{KINDS, KindRow};
use crate::model::Kind;
use crate::text::{TextPath, fold, fold_key};

/// Returns the kind for a path: by the nearest folder that names a kind, else by the name
/// of the file, else a page.
pub(super) fn by_path(path: &TextPath) -> Kind {
    let stem = fold_key(path.stem());
    let folders: Vec<&str> = path.folder().split('/').collect();
    for (up, folder) in folders.iter().rev().enumerate() {
        let Some(row) = of_folder(folder) else { continue };
        // The text that opens a folder is a page about it. Deeper down it can also be a
        // story or a plan with its pictures beside it: those need their yes.
        let guarded = up > 0 && matches!(row.kind, Kind::Story | Kind::Plan);
        let opens = is_section(path) || (is_index(path) && !guarded);
        return if opens { Kind::Page } else { row.kind };
    }
    KINDS
        .iter()
        .find(|row| row.files.contains(&stem.as_str()))
        .map_or(Kind::Page, |row| row.kind)
}

/// Returns the kind a folder names, by one of its words: `verhalen`, `02-verhalen`,
/// `Verhalen nieuw`. Stories and plans need their yes, however the folder is called.
fn of_folder(folder: &str) -> Option<&'static KindRow> {
    let folder = fold(folder);
    folder
        .split(|c: char| !c.is_alphanumeric())
        .find_map(|word| KINDS.iter().find(|row| row.folders.contains(&word)))
}

/// Tells whether a file opens its folder.
pub(super) fn is_index(path: &TextPath) -> bool {
    matches!(fold(path.stem()).as_str(), "index" | "_index" | "readme")
}

/// `_index.md` of Hugo and Zola is never a text of its own kind.
fn is_section(path: &TextPath) -> bool {
    fold(path.stem()) == "_index"
}

/// Returns the title a path gives: the name without leading digits, hyphens as spaces; of
/// a file that opens a folder, the name of the folder.
pub(super) fn title(path: &TextPath) -> String {
    if is_index(path) && !path.folder().is_empty() {
        let folder = path.folder().rsplit('/').next().unwrap_or_default();
        return readable(folder);
    }
    readable(path.stem())
}

/// Makes a title of a name.
pub(super) fn readable(name: &str) -> String {
    let name = name.trim();
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = digits.trim_start_matches(['-', '_', '.', ')', ' ']);
    // "2026" and "1gezin1plan" keep their digits.
    let bare = if bare.is_empty() || bare.len() == digits.len() { name } else { bare };
    let spaced = bare.replace(['-', '_'], " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_then_names() {
        let kind = |path| by_path(&TextPath::new(path));
        assert_eq!(kind("tips/s001/x.md"), Kind::Tip);
        assert_eq!(kind("Stories/a.md"), Kind::Story);
        assert_eq!(kind("plannen/2026/a.md"), Kind::Plan);
        assert_eq!(kind("woorden.md"), Kind::Words);
        assert_eq!(kind("tips.md"), Kind::Tips);
        assert_eq!(kind("site.md"), Kind::Site);
        assert_eq!(kind("over.md"), Kind::Page);
        assert_eq!(kind("verhalen/woorden.md"), Kind::Story);
    }

    #[test]
    fn what_opens_a_folder_is_a_page_and_a_story_in_its_own_folder_a_story() {
        let kind = |path| by_path(&TextPath::new(path));
        assert_eq!(kind("verhalen/index.md"), Kind::Page);
        assert_eq!(kind("verhalen/README.md"), Kind::Page);
        assert_eq!(kind("verhalen/s1/_index.md"), Kind::Page);
        assert_eq!(kind("verhalen/noor/index.md"), Kind::Story);
        assert_eq!(kind("tips/s1/index.md"), Kind::Page);
    }

    #[test]
    fn titles_from_names() {
        let title = |path| title(&TextPath::new(path));
        assert_eq!(title("tips/05-kom-terug.md"), "Kom terug");
        assert_eq!(title("1gezin1plan-rust.md"), "1gezin1plan rust");
        assert_eq!(title("2026.md"), "2026");
        assert_eq!(title("één_vraag.md"), "Één vraag");
        assert_eq!(title("tips/_index.md"), "Tips");
        assert_eq!(title("---.md"), "---");
    }
}
