//! What kind a text is by the place where it stands, and what its name says as a title.

use crate::kind::clothes::seen;
use crate::kind::{KINDS, KindRow, withdrawn};
use crate::model::Kind;
use crate::text::{TextPath, fold, fold_key, is_one_slip};

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
/// `Verhalen nieuw`. Stories and plans need their yes, however the folder is called, also
/// when it is nearly that: `vehralen`, `ver halen`, `verhaal`.
fn of_folder(folder: &str) -> Option<&'static KindRow> {
    let folder = fold(&seen(folder));
    let words = || folder.split(|c: char| !c.is_alphanumeric());
    let named = |word: &str| KINDS.iter().find(|row| row.folders.contains(&word));
    let whole = whole(&folder);
    words()
        .find_map(named)
        .or_else(|| {
            KINDS.iter().find(|row| {
                is_guarded(row.kind)
                    && (row.folders.contains(&whole.as_str())
                        || row.typed.contains(&whole.as_str()))
            })
        })
        .or_else(|| words().find_map(nearly))
}

fn is_guarded(kind: Kind) -> bool {
    matches!(kind, Kind::Story | Kind::Plan)
}

/// Returns the kind a word names but for one slip of the finger, when that kind needs a
/// yes and the word is long enough to tell.
fn nearly(word: &str) -> Option<&'static KindRow> {
    const OTHER_WORDS: [&str; 6] =
        ["vertalen", "verhalend", "verharen", "planten", "spannen", "stores"];
    if OTHER_WORDS.contains(&word) {
        return None;
    }
    let near = |name: &&str| name.len() > 6 && is_one_slip(word, name);
    KINDS.iter().find(|row| is_guarded(row.kind) && row.folders.iter().any(&near))
}

/// Returns the letters of a folded name, without the number before it.
fn whole(folded: &str) -> String {
    let bare = folded.trim_start_matches(|c: char| !c.is_alphabetic());
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the folder of a path whose name says that what is in it stays inside: `klad`,
/// `02-concepten`, `Privé`.
pub(super) fn closed_folder(path: &TextPath) -> Option<&str> {
    const CLOSED: [&str; 16] = [
        "klad",
        "kladjes",
        "concept",
        "concepten",
        "draft",
        "drafts",
        "prive",
        "private",
        "vertrouwelijk",
        "confidential",
        "geheim",
        "ingetrokken",
        "withdrawn",
        "nietplaatsen",
        "nietpubliceren",
        "donotpublish",
    ];
    path.folder()
        .split('/')
        .find(|folder| CLOSED.contains(&whole(&fold(&seen(folder))).as_str()))
}

/// Returns the name of a file when it says that the file stays inside: `verslag (concept)`,
/// `Noor NIET PLAATSEN`.
pub(super) fn closed_name(path: &TextPath) -> Option<&str> {
    withdrawn::name(path.stem()).then(|| path.name())
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
    fn folders_nearly_of_stories_and_plans_count() {
        let kind = |path| by_path(&TextPath::new(path));
        for folder in
            ["verh\u{430}len", "vehralen", "verhaal", "story", "ver halen", "3. Storeis"]
        {
            let path = format!("{folder}/a.md");
            assert_eq!(by_path(&TextPath::new(&path)), Kind::Story, "{folder}");
        }
        for path in ["plan/a.md", "plans/a.md", "02-plan/a.md", "plannnen/a.md"] {
            assert_eq!(kind(path), Kind::Plan, "{path}");
        }
        for path in ["planten/a.md", "vertalen/a.md", "planet/a.md", "stap/a.md"] {
            assert_eq!(kind(path), Kind::Page, "{path}");
        }
    }

    #[test]
    fn folders_that_stay_inside() {
        let closed = |path| closed_folder(&TextPath::new(path)).is_some();
        for path in ["klad/a.md", "tips/02-Concepten/a.md", "Priv\u{e9}/x/a.md"] {
            assert!(closed(path), "{path}");
        }
        for path in ["klad.md", "geheimen/a.md", "concept-mapping/a.md", "a.md"] {
            assert!(!closed(path), "{path}");
        }
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
