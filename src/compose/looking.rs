//! What the preview shows when the writer looks as somebody else: the whole site as one
//! reader may read it, or with everything in it for the writer alone.
//!
//! Nothing made from this edition is ever published: its type fits no other output.

use super::closed::{ClosedFolders, has_readers};
use super::one::{One, forget_others};
use super::public::{Composed, Made, edition};
use super::reader::Reads;
use crate::model::{Audience, FAMILY, Key, Kind, Library, Text, TextId};
use crate::problem::Problem;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody whose eyes the writer borrows. Only this room can make one.
#[derive(Debug)]
pub struct Looking {
    /// `None`: the writer, who may read everything.
    one: Option<One>,
}

impl Reads for Looking {
    fn lets_in(
        &self,
        _: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        let may = |one: &One| one.may_have(text, folders, today);
        if self.one.as_ref().is_none_or(may) { Ok(()) } else { Err(Vec::new()) }
    }

    fn may_read(&self, audience: &Audience) -> bool {
        self.one.as_ref().is_none_or(|one| one.may_read(audience))
    }

    fn is_everybody(&self) -> bool {
        false
    }
}

/// Makes the site as a reader may read it; `reader` is `None` for the writer.
pub fn looking<'a>(
    library: &'a Library,
    reader: Option<&str>,
    today: Date,
) -> Composed<'a, Looking> {
    let one = reader.map(One::anywhere);
    let others = one
        .as_ref()
        .filter(|one| !one.is_family())
        .map(|one| Audience::groups([one.group()]));
    let Made { mut edition, problems, withheld, ids, finder, folders } =
        edition(library, Looking { one }, today);
    if let Some(own) = others {
        for (entry, id) in edition.chosen.entries.iter_mut().zip(&ids) {
            forget_others(Arc::make_mut(entry), library.text(*id), &own);
        }
    }
    Composed { edition, problems, withheld, ids, finder, folders }
}

/// Returns the readers that texts name, folded, each with the name as typed first.
pub fn readers(library: &Library) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for text in library.all() {
        let named = text.fields.list(Key::Readers).iter().filter(|_| has_readers(text));
        for (name, _) in named {
            let name = name.trim();
            all.entry(fold(name)).or_insert_with(|| name.to_string());
        }
    }
    // The family reads its plan, also where nobody names it.
    if library.all().any(|text| text.kind == Kind::Plan) {
        all.entry(FAMILY.to_string()).or_insert_with(|| FAMILY.to_string());
    }
    all.remove("");
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::read_bytes;
    use jiff::civil::date;

    #[test]
    fn each_pair_of_eyes_sees_its_own() {
        let library = read_bytes(&[
            ("tips/a.md", b"# A\n\nVoor allen.\n"),
            ("tips/b.md", b"concept: ja\n\n# B\n\nNog niet.\n"),
            (
                "plannen/noor.md",
                b"soort: plan\ntitel: Noor\nlezers: Gezin, School\n\n## Thuis\nVoor: gezin\n\nT.\n\n## Klas\nVoor: school\n\nK.\n",
            ),
        ])
        .library;
        let seen = |reader| {
            let looked = looking(&library, reader, date(2026, 5, 1));
            let titles = looked.edition.entries();
            titles
                .map(|one| format!("{} {}", one.title, one.body.sections.len()))
                .collect()
        };
        let all: [(Option<&str>, Vec<String>); 4] = [
            (None, vec!["Noor 2".into(), "A 0".into(), "B 0".into()]),
            (Some("gezin"), vec!["Noor 2".into(), "A 0".into()]),
            (Some("School"), vec!["Noor 1".into(), "A 0".into()]),
            (Some("buurt"), vec!["A 0".into()]),
        ];
        for (reader, mut expected) in all {
            let mut found: Vec<String> = seen(reader);
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{reader:?}");
        }
        let names: Vec<_> = readers(&library).into_iter().collect();
        assert_eq!(
            names,
            [("gezin".into(), "Gezin".into()), ("school".into(), "School".into())]
        );
    }
}
