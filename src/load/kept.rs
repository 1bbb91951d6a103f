//! Texts that were made before, in a drawer that one build leaves for the next.
//!
//! A note holds the texts of one file. It is found with the bytes of that file, its stamp,
//! its path and what that says: with anything that could make other texts of it. Who guesses
//! what stood in a file that is gone cannot tell by the drawer whether the guess is right,
//! without knowing to the nanosecond when it was saved.

use super::memory::Known;
use super::settings;
use super::spot::Spot;
use super::texts::{self, Made, Shelf};
use crate::lang::Lang;
use crate::lock::Drawer;
use crate::model::{Key, Text};
use crate::problem::Problem;
use crate::text::{SourceId, for_source};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a note holds: texts, what was noticed, and the language of each text, where it was
/// looked at.
type Note = (Vec<Text>, Vec<Problem>, Option<Vec<Option<Lang>>>);

/// Makes the texts of each source, or takes them as they were made before. `keep`: they are
/// kept for the next time.
pub(super) fn texts(
    known: &[&Known],
    spots: &[Spot],
    shelf: &Shelf<'_>,
    drawer: Option<&Drawer>,
    keep: bool,
) -> Vec<Arc<Made>> {
    let made: Vec<(Arc<Made>, Option<[u8; 32]>)> = (known.par_iter().zip(spots))
        .enumerate()
        .map(|(at, (known, spot))| {
            let id = SourceId(at as u32);
            // What others say may have changed.
            let made = known.made(id, spot).filter(|made| made.texts.alone);
            if let Some(made) = made {
                return (Arc::clone(&made.texts), None);
            }
            let sum = drawer.and_then(|_| sum(known, spot));
            let found = drawer.zip(sum).and_then(|(drawer, sum)| find(drawer, sum, id));
            match found {
                Some(made) => (Arc::new(made), None),
                None => {
                    let mut made = texts::read(shelf, shelf.unit(at));
                    if let Some(sum) = sum.filter(|_| made.alone) {
                        say_sums(&mut made.texts, sum);
                    }
                    (Arc::new(made), sum)
                }
            }
        })
        .collect();
    if let Some(drawer) = drawer.filter(|_| keep) {
        let said = settings::says_language(made.iter().flat_map(|(made, _)| &made.texts));
        made.par_iter().enumerate().for_each(|(at, (made, sum))| {
            if let Some(sum) = sum.filter(|_| made.alone) {
                put(drawer, sum, SourceId(at as u32), made, said);
            }
        });
    }
    made.into_iter().map(|(made, _)| made).collect()
}

/// Adds up all that the texts of a file are made of; `None` for one whose stamp cannot be
/// relied on.
fn sum(known: &Known, spot: &Spot) -> Option<[u8; 32]> {
    let (bytes, stamp) = known.sum?;
    let opened = known.opened.as_ref().ok()?;
    let mut sum = Sha256::new();
    sum.update(b"texts");
    sum.update(bytes);
    sum.update(stamp);
    sum.update(format!("{spot:?} {:?}", opened.source.path));
    Some(sum.finalize().into())
}

/// Returns the texts of a file as they were made before, with the number it has now.
fn find(drawer: &Drawer, sum: [u8; 32], id: SourceId) -> Option<Made> {
    let note = drawer.find(sum)?;
    let note = for_source(id, || postcard::from_bytes::<Note>(&note));
    let (mut texts, problems, tongues) = note.ok()?;
    texts.iter_mut().for_each(|text| text.source = id);
    say_sums(&mut texts, sum);
    Some(Made::known(texts, problems, tongues))
}

/// Says of the tree of each text of a file what it was made of.
fn say_sums(texts: &mut [Text], sum: [u8; 32]) {
    for (at, text) in (0_u32..).zip(texts) {
        let sum = Sha256::new_with_prefix(sum).chain_update(at.to_le_bytes());
        text.body.say_sum(sum.finalize().into());
    }
}

/// Keeps the texts of a file that needs no other. Where the site `says` its language,
/// nobody asks what language a text seems to be in.
fn put(drawer: &Drawer, sum: [u8; 32], id: SourceId, made: &Made, says: bool) {
    let is_said = |text: &Text| text.fields.lang(Key::Language).is_some();
    let asked = !says && !made.texts.iter().all(is_said);
    let tongues = asked.then(|| made.tongues());
    let room = Vec::with_capacity(1 << 12);
    let note = (&made.texts, &made.problems, tongues);
    if let Ok(note) = for_source(id, || postcard::to_extend(&note, room)) {
        drawer.put(sum, &note);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Loaded, Memory, look, read, read_again, read_seen};
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::io::Write;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    const TEXTS: [(&str, &str); 6] = [
        ("site.md", "titel: Samen\n\n"),
        (
            "tips/a.md",
            "# A\n\nSamn: b\n\n[weg](weg.md) **nadruk** [^1]\n\n[^1]: Een noot.\n",
        ),
        (
            "tips/b.md",
            "---\ntaal: ar\nnummer: x\n---\n# B\n\n> Ouder: Ja.\n\n- een\n- twee\n",
        ),
        (
            "plannen/p.md",
            "# P\n\n## Doel\nVoor: school\n\n| Wie | Wat |\n|---|---|\n| ik | bel |\n",
        ),
        ("meer.md", "---\nsoort: tips\n---\n## Een\n\nE\n\n## Twee\n\nT\n"),
        ("met.md", "# Met\n\n[[invoegen: tips/a]]\n"),
    ];

    fn put(dir: &Path, name: &str, text: &str) {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut file = fs::File::create(&path).expect("a file");
        file.write_all(text.as_bytes()).expect("a file");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        file.set_modified(long_ago).expect("a time");
    }

    fn drawer(kept: &[u8]) -> Drawer {
        Drawer::open(kept.to_vec(), b"program".to_vec(), |bytes| {
            bytes.fill(5);
            Ok(())
        })
    }

    fn shown(loaded: &Loaded) -> String {
        format!("{:?}\n{:?}", loaded.library, loaded.problems)
    }

    fn sums(loaded: &Loaded) -> Vec<Option<[u8; 32]>> {
        loaded.library.texts.iter().map(|text| text.body.sum()).collect()
    }

    #[test]
    fn texts_that_were_kept_are_those_that_would_be_made() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path();
        TEXTS.iter().for_each(|(name, text)| put(dir, name, text));
        let first = drawer(&[]);
        let cold = shown(&read(dir).expect("a folder"));
        let seen = || look(dir).expect("a folder");
        let made = read_seen(seen(), Some(&first));
        assert_eq!(shown(&made), cold);
        let kept = first.fresh().expect("texts were kept").pieces.concat();
        let second = drawer(&kept);
        let found = read_seen(seen(), Some(&second));
        assert_eq!(shown(&found), cold);
        assert_eq!(sums(&found), sums(&made));
        let alone: BTreeSet<[u8; 32]> = sums(&made).into_iter().flatten().collect();
        assert_eq!(alone.len(), made.library.texts.len() - 1, "one includes another");
        assert_eq!(second.fresh(), None, "all of them were found");
        let mut memory = Memory::with(Some(drawer(&kept)));
        for _ in 0..2 {
            assert_eq!(shown(&read_again(dir, &mut memory).expect("a folder")), cold);
        }
        // A file more in front: every source has another number now.
        put(dir, "aan.md", "# Aan\n");
        let cold = shown(&read(dir).expect("a folder"));
        let third = drawer(&kept);
        assert_eq!(shown(&read_seen(seen(), Some(&third))), cold);
        let new = third.fresh().expect("one is new").pieces;
        assert_eq!(new.len(), 1, "one text is made, not all");
        let mut memory = Memory::with(Some(drawer(&kept)));
        assert_eq!(shown(&read_again(dir, &mut memory).expect("a folder")), cold);
    }
}
