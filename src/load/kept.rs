//! Texts that were made before, in drawers that one build leaves for the next.
//!
//! A note holds the texts of one file. It is found with the bytes of that file, its stamp,
//! its path and what that says: with anything that could make other texts of it. Who guesses
//! what stood in a file that is gone cannot tell by the drawer whether the guess is right,
//! without knowing to the nanosecond when it was saved.
//!
//! A tree has a note of its own, read when somebody walks through that tree. When the note
//! turns out to be gone by then, the tree is made again.

use super::memory::{Drawers, Known};
use super::settings;
use super::spot::Spot;
use super::texts::{self, Made, Shelf};
use crate::lang::Lang;
use crate::lock::Drawer;
use crate::model::{Body, Glance, Key, Text, Tree};
use crate::problem::Problem;
use crate::text::{Source, SourceId, Sources, for_source};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// So many texts are kept before their notes are written down.
const AT_ONCE: usize = 1024;

/// What a note holds: texts, what one look at the tree of each tells, what was noticed, and
/// the language of each text, where it was looked at.
type Note = (Vec<Text>, Vec<Glance>, Vec<Problem>, Option<Vec<Option<Lang>>>);

/// What the trees of a file are made of.
struct File {
    trees: Arc<Drawer>,
    source: Arc<Source>,
    spot: Spot,
    /// Its texts, made again: once for all of its trees.
    again: OnceLock<Made>,
}

/// Makes the texts of each source, or takes them as they were made before. `keep`: they are
/// kept for the next time.
pub(super) fn texts(
    known: &[&Known],
    spots: &[Spot],
    shelf: &Shelf<'_>,
    drawers: Option<&Drawers>,
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
            let sum = drawers.and_then(|_| sum(known, spot));
            let found = drawers.zip(sum);
            let found = found.and_then(|(drawers, sum)| {
                let file = || {
                    let opened = known.opened.as_ref().ok()?;
                    let (trees, spot) = (Arc::clone(&drawers.trees), spot.clone());
                    let (source, again) = (Arc::clone(&opened.source), OnceLock::new());
                    Some(File { trees, source, spot, again })
                };
                find(drawers, &sum, id, file()?)
            });
            match found {
                Some(made) => (Arc::new(made), None),
                None => {
                    let mut made = texts::read(shelf, shelf.unit(at));
                    if let Some(sum) = sum.filter(|_| made.alone) {
                        for (at, text) in made.texts.iter_mut().enumerate() {
                            text.body.say_sum(sum_of_tree(&sum, at));
                        }
                    }
                    (Arc::new(made), sum)
                }
            }
        })
        .collect();
    if let Some(drawers) = drawers.filter(|_| keep) {
        let said = settings::says_language(made.iter().flat_map(|(made, _)| &made.texts));
        let all: Vec<_> = made.iter().zip(0..).collect();
        for some in all.chunks(AT_ONCE) {
            some.par_iter().for_each(|((made, sum), at)| {
                if let Some(sum) = sum.filter(|_| made.alone) {
                    put(drawers, &sum, SourceId(*at), made, said);
                }
            });
            (drawers.write)();
        }
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
fn find(drawers: &Drawers, sum: &[u8; 32], id: SourceId, file: File) -> Option<Made> {
    let note = drawers.texts.find(sum)?;
    let note = for_source(id, || postcard::from_bytes::<Note>(&note));
    let (mut texts, glances, problems, tongues) = note.ok()?;
    let file = Arc::new(file);
    for ((at, text), glance) in texts.iter_mut().enumerate().zip(glances) {
        let (sum, file) = (sum_of_tree(sum, at), Arc::clone(&file));
        if !drawers.trees.holds(&sum) {
            return None;
        }
        text.source = id;
        text.body = Tree::later(glance, sum, Box::new(move || file.tree(&sum, at, id)));
    }
    Some(Made::known(texts, problems, tongues))
}

/// Adds up what the tree of a text of a file is made of.
fn sum_of_tree(sum: &[u8; 32], at: usize) -> [u8; 32] {
    let sum = Sha256::new_with_prefix(sum).chain_update((at as u32).to_le_bytes());
    sum.finalize().into()
}

impl File {
    /// Returns the tree of one of its texts, with the number the file has now.
    fn tree(&self, sum: &[u8; 32], at: usize, id: SourceId) -> Body {
        let kept = self.trees.find(sum);
        let kept = kept.and_then(|kept| read_for(id, &kept));
        kept.or_else(|| self.again(at, id)).unwrap_or_default()
    }

    /// Makes that tree again. Its file stands on a shelf of its own, where it is the first:
    /// only texts that need no other file are kept. So its places get another number.
    fn again(&self, at: usize, id: SourceId) -> Option<Body> {
        let made = self.again.get_or_init(|| {
            let mut sources = Sources::default();
            sources.add_shared(Arc::clone(&self.source));
            let (spots, units) = ([self.spot.clone()], [OnceLock::new()]);
            let shelf = Shelf::new(&sources, &spots, &units);
            texts::read(&shelf, shelf.unit(0))
        });
        read_for(id, &bytes_for(SourceId(0), &*made.texts.get(at)?.body)?)
    }
}

fn bytes_for(id: SourceId, value: &impl Serialize) -> Option<Vec<u8>> {
    let room = Vec::with_capacity(1 << 12);
    for_source(id, || postcard::to_extend(value, room)).ok()
}

fn read_for(id: SourceId, bytes: &[u8]) -> Option<Body> {
    for_source(id, || postcard::from_bytes(bytes)).ok()
}

/// Keeps the texts of a file that needs no other. Where the site `says` its language,
/// nobody asks what language a text seems to be in.
fn put(drawers: &Drawers, sum: &[u8; 32], id: SourceId, made: &Made, says: bool) {
    let is_said = |text: &Text| text.fields.lang(Key::Language).is_some();
    let asked = !says && !made.texts.iter().all(is_said);
    let tongues = asked.then(|| made.tongues());
    let glances: Vec<&Glance> =
        made.texts.iter().map(|text| text.body.glance()).collect();
    let Some(note) = bytes_for(id, &(&made.texts, glances, &made.problems, tongues))
    else {
        return;
    };
    for (at, text) in made.texts.iter().enumerate() {
        let Some(tree) = bytes_for(id, &*text.body) else { return };
        drawers.trees.put(&sum_of_tree(sum, at), &tree);
    }
    drawers.texts.put(sum, &note);
}

#[cfg(test)]
mod tests {
    use super::super::{Loaded, Memory, look, read, read_again, read_seen};
    use super::*;
    use crate::lock::{KeptBytes, NoChance};
    use std::borrow::Cow;
    use std::collections::BTreeSet;
    use std::fs;
    use std::io::Write;
    use std::ops::Range;
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

    /// The bytes of both drawers.
    type Bytes = (Vec<u8>, Vec<u8>);

    fn drawers((texts, trees): &Bytes) -> Drawers {
        let open = |kept: &[u8]| {
            let chance = |bytes: &mut [u8]| {
                bytes.fill(5);
                Ok(())
            };
            Arc::new(Drawer::open(Box::new(kept.to_vec()), b"program", chance))
        };
        Drawers { texts: open(texts), trees: open(trees), write: Arc::new(|| ()) }
    }

    fn written(drawers: &Drawers) -> Bytes {
        let bytes = |drawer: &Drawer| drawer.fresh().expect("new notes").pieces.concat();
        (bytes(&drawers.texts), bytes(&drawers.trees))
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
        let first = drawers(&Bytes::default());
        let cold = shown(&read(dir).expect("a folder"));
        let seen = || look(dir).expect("a folder");
        let made = read_seen(seen(), Some(&first));
        assert_eq!(shown(&made), cold);
        let kept = written(&first);
        let second = drawers(&kept);
        let found = read_seen(seen(), Some(&second));
        assert_eq!(shown(&found), cold);
        assert_eq!(sums(&found), sums(&made));
        let alone: BTreeSet<[u8; 32]> = sums(&made).into_iter().flatten().collect();
        assert_eq!(alone.len(), made.library.texts.len() - 1, "one includes another");
        assert_eq!(second.texts.fresh(), None, "all of them were found");
        assert_eq!(second.trees.fresh(), None);
        let mut memory = Memory::with(Some(drawers(&kept)));
        for _ in 0..2 {
            assert_eq!(shown(&read_again(dir, &mut memory).expect("a folder")), cold);
        }
        // A file more in front: every source has another number now.
        put(dir, "aan.md", "# Aan\n");
        let cold = shown(&read(dir).expect("a folder"));
        let third = drawers(&kept);
        assert_eq!(shown(&read_seen(seen(), Some(&third))), cold);
        for drawer in [&third.texts, &third.trees] {
            let fresh = drawer.fresh().expect("one is new").pieces;
            assert_eq!(fresh.len(), 2, "one text is made, not all");
        }
        let mut memory = Memory::with(Some(drawers(&kept)));
        assert_eq!(shown(&read_again(dir, &mut memory).expect("a folder")), cold);
    }

    /// Bytes that are there when the drawer is opened, and mangled when a note is read.
    struct Mangled(Vec<u8>);

    impl KeptBytes for Mangled {
        fn length(&self) -> u64 {
            self.0.length()
        }

        fn read(&self, range: Range<u64>) -> Option<Cow<'_, [u8]>> {
            let heads = 4 + 20 * u64::from(self.0[0]);
            match range.start {
                start if start < heads => self.0.read(range),
                start if start % 2 == 0 => None,
                _ => Some(vec![0; (range.end - range.start) as usize].into()),
            }
        }
    }

    #[test]
    fn while_notes_are_made_they_may_be_written_down() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path();
        TEXTS.iter().for_each(|(name, text)| put(dir, name, text));
        let drawers = drawers(&Bytes::default());
        let (trees, asked) = (Arc::clone(&drawers.trees), Arc::new(OnceLock::new()));
        let begun = Arc::clone(&asked);
        let write = Arc::new(move || _ = begun.set(trees.begun(1).is_some()));
        read_seen(look(dir).expect("a folder"), Some(&Drawers { write, ..drawers }));
        assert_eq!(asked.get(), Some(&true));
    }

    #[test]
    fn a_tree_of_which_the_note_is_gone_is_made_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path();
        TEXTS.iter().for_each(|(name, text)| put(dir, name, text));
        let first = drawers(&Bytes::default());
        let seen = || look(dir).expect("a folder");
        let made = read_seen(seen(), Some(&first));
        let (texts, trees) = written(&first);
        let Drawers { texts, write, .. } = drawers(&(texts, Vec::new()));
        // Files with other numbers than alone on a shelf, and with several texts.
        let trees = Drawer::open(Box::new(Mangled(trees)), b"program", |_| Err(NoChance));
        let mangled = Drawers { texts, trees: Arc::new(trees), write };
        let found = read_seen(seen(), Some(&mangled));
        assert_eq!(mangled.texts.fresh(), None, "all of them were found");
        assert_eq!(shown(&found), shown(&made));
        // Where none is held, its text is made with it.
        let none = Drawers { trees: drawers(&Bytes::default()).trees, ..mangled };
        let found = read_seen(seen(), Some(&none));
        assert_eq!(shown(&found), shown(&made));
        assert!(none.trees.fresh().is_some());
    }
}
