//! What was read before: so that an edit reads one file again, and not a thousand.
//!
//! A memory changes no result. A file is opened again when its length, its time or its
//! place on the disk differs; what was made of it is used again only when the words are
//! the same and everything it was made with is: its number among the sources, and what its
//! place says. A text that includes others is made anew each time.

use super::Spot;
use super::decode::{self, Decoded};
use super::disk;
use super::footprint::Sum;
use super::texts::{self, Unit};
use super::walk::Found;
use crate::lock::Drawer;
use crate::picture::Facts;
use crate::problem::Code;
use crate::stamp::Stamp;
use crate::text::{Again, Source, SourceId, TextPath};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Pictures by where they lie: what they were when we looked.
type Pictures = HashMap<PathBuf, (Stamp, Result<Facts, Code>)>;

/// Where texts are kept that builds made.
#[derive(Clone)]
pub struct Drawers {
    /// The texts of each file, without their trees.
    pub texts: Arc<Drawer>,
    /// Their trees.
    pub trees: Arc<Drawer>,
    /// Writes down what is new in both so far, when that is much; called now and then.
    pub write: Arc<dyn Fn() + Send + Sync>,
}

/// What was read of a folder before.
#[derive(Default)]
pub struct Memory {
    texts: HashMap<TextPath, Known>,
    pictures: Mutex<Pictures>,
    /// What builds made of the texts, for the first time that they are read here.
    pub(super) drawers: Option<Drawers>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Memory({} texts)", self.texts.len())
    }
}

/// A file as it was opened, and what was made of it.
pub(super) struct Known {
    /// Where it lies.
    on_disk: PathBuf,
    stamp: Option<Stamp>,
    pub(super) opened: Result<Arc<Opened>, Code>,
    /// What its bytes add up to, and its stamp, where both were looked at.
    pub(super) sum: Option<Sum>,
    pub(super) made: Option<Made>,
}

/// An opened file.
pub(super) struct Opened {
    /// Its words.
    pub(super) source: Arc<Source>,
    /// What was noticed while decoding.
    pub(super) notes: Vec<(Code, std::ops::Range<usize>)>,
}

/// What was made of a file.
pub(super) struct Made {
    /// The number of the source in all places.
    pub(super) id: SourceId,
    /// What the place of the file said.
    pub(super) spot: Spot,
    /// Its fields, once somebody asked for them.
    pub(super) unit: OnceLock<Arc<Unit>>,
    /// Its texts, before anything is filled in.
    pub(super) texts: Arc<texts::Made>,
}

impl Known {
    /// Opens a file, or takes what is known of it.
    /// With `summed` it tells what the file adds up to, too.
    pub(super) fn open(
        path: &TextPath,
        on_disk: &Path,
        before: Option<Known>,
        summed: bool,
    ) -> Known {
        match before.filter(|known| known.on_disk == on_disk) {
            Some(known) if known.stamp.is_some() && known.stamp == stamp(on_disk) => {
                known
            }
            before => Known::again(path, on_disk, summed, before),
        }
    }

    /// Opens a file again. The same words are the same as before. One that did not open is
    /// tried each time.
    fn again(
        path: &TextPath,
        on_disk: &Path,
        summed: bool,
        before: Option<Known>,
    ) -> Known {
        let on_disk = on_disk.to_path_buf();
        let read = disk::read_with(&on_disk, disk::LARGEST);
        let stamp = read.as_ref().ok().and_then(|(_, stamp)| *stamp);
        let bytes = read.map(|(bytes, _)| bytes);
        let sum = stamp.filter(|_| summed).zip(bytes.as_ref().ok());
        let sum = sum.map(|(stamp, bytes)| (Sha256::digest(bytes).into(), stamp.bytes()));
        let opened = opened(path, bytes, None);
        if let (Ok(now), Some(before)) = (&opened, before)
            && let Ok(was) = &before.opened
            && (&now.source.text(), &now.notes) == (&was.source.text(), &was.notes)
        {
            return Known { stamp, ..before };
        }
        Known { on_disk, stamp, opened, sum, made: None }
    }

    /// Takes a file that was read; it is never compared with what it was before.
    pub(super) fn of(
        one: &Found,
        bytes: Result<Vec<u8>, disk::Unread>,
        sum: Option<Sum>,
    ) -> Known {
        let again = sum.map(|sum| again(one.on_disk.clone(), sum));
        let opened = opened(&one.path, bytes, again);
        let (on_disk, stamp) = (PathBuf::new(), None);
        Known { on_disk, stamp, opened, sum, made: None }
    }

    /// Returns what was made of it, when it was made with the same.
    pub(super) fn made(&self, id: SourceId, spot: &Spot) -> Option<&Made> {
        self.made.as_ref().filter(|made| made.id == id && made.spot == *spot)
    }
}

/// Decodes a text.
fn opened(
    path: &TextPath,
    bytes: Result<Vec<u8>, disk::Unread>,
    again: Option<Again>,
) -> Result<Arc<Opened>, Code> {
    let bytes = bytes.map_err(|unread| match unread {
        disk::Unread::Closed => Code::B08,
        disk::Unread::TooLong => Code::B09,
    })?;
    let Decoded { text, notes } = decode::decode(bytes).ok_or(Code::B09)?;
    let source = Arc::new(Source::new(path.clone(), text).with_again(again));
    Ok(Arc::new(Opened { source, notes }))
}

/// Returns how to read a text again: as long as its bytes are the same.
fn again(path: PathBuf, (sum, _): Sum) -> Again {
    Box::new(move || {
        let bytes = disk::read(&path, disk::LARGEST).ok()?;
        let is_same = Sha256::digest(&bytes)[..] == sum;
        Some(decode::decode(bytes).filter(|_| is_same)?.text)
    })
}

impl Memory {
    /// Begins with what builds made of the texts.
    pub fn with(drawers: Option<Drawers>) -> Memory {
        Memory { drawers, ..Memory::default() }
    }

    /// Takes what is known of a file out of the memory.
    pub(super) fn take(&mut self, path: &TextPath) -> Option<Known> {
        self.texts.remove(path)
    }

    /// Keeps what is known now, and forgets all else.
    pub(super) fn keep(&mut self, known: impl Iterator<Item = (TextPath, Known)>) {
        self.texts = known.collect();
    }

    fn pictures(&self) -> MutexGuard<'_, Pictures> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at a picture, or takes what is known of it.
    pub(super) fn picture(
        &self,
        on_disk: &Path,
        look: impl FnOnce() -> Result<Facts, Code>,
    ) -> Result<Facts, Code> {
        let stamp = stamp(on_disk);
        let known = self.pictures().get(on_disk).cloned();
        match (known, stamp) {
            (Some((was, looked)), Some(now)) if was == now => looked,
            (_, stamp) => {
                let looked = look();
                if let Some(stamp) = stamp {
                    let known = (stamp, looked);
                    self.pictures().insert(on_disk.to_path_buf(), known);
                }
                looked
            }
        }
    }
}

/// Looks at a file; nothing for one that is too young to be sure of.
fn stamp(path: &Path) -> Option<Stamp> {
    Stamp::sure(&std::fs::metadata(path).ok()?)
}

#[cfg(test)]
mod tests {
    use super::super::{read, read_again};
    use super::*;
    use crate::load::Loaded;
    use proptest::prelude::*;
    use std::fs;
    use std::io::Write;
    use std::time::{Duration, SystemTime};

    /// Everything that can be told apart of what was read.
    fn shown(loaded: &Loaded) -> String {
        let sources: Vec<_> = loaded.library.sources.iter().collect();
        let library = &loaded.library;
        format!(
            "{sources:?}\n{:?}\n{:?}\n{:?}\n{}\n{:?}",
            library.settings,
            library.texts,
            library.assets,
            library.own_words,
            loaded.problems
        )
    }

    /// One thing somebody does to a folder.
    #[derive(Debug, Clone)]
    enum Act {
        Write(usize, usize),
        Remove(usize),
        Rename(usize, usize),
    }

    const NAMES: [&str; 9] = [
        "site.md",
        "index.md",
        "tips/a.md",
        "tips/b.md",
        "verhalen/c.md",
        "delen/d.md",
        "plannen/e.md",
        "beeld.svg",
        "brief.txt",
    ];

    const WORDS: [&str; 9] = [
        "# Hoi\n\nDag.\n",
        "titel: Samen\ntaal: en\n\n",
        "# A\n\n[[invoegen: delen/d]]\n\n![x](../beeld.svg)\n",
        "soort: tip\nkleur: rood\n\n# B\n\n[weg](weg.md) ![](../beeld.svg)\n",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 2\"/>",
        "",
        "soort: plan\nlezers: gezin\n\n# P\n\n## Doel\nVoor: school\n\nX\n",
        "# Tips\n\nsoort: tips\n\n## Een\n\nE [[invoegen: ../delen/d]]\n\n## Twee\n\nT\n",
    ];

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (0..NAMES.len(), 0..WORDS.len()).prop_map(|(at, words)| Act::Write(at, words)),
            1 => (0..NAMES.len()).prop_map(Act::Remove),
            1 => (0..NAMES.len(), 0..NAMES.len()).prop_map(|(from, to)| Act::Rename(from, to)),
        ]
    }

    fn apply(act: &Act, dir: &Path, old: bool) {
        let path = |at: &usize| dir.join(NAMES[*at]);
        match act {
            Act::Write(at, words) => {
                fs::create_dir_all(path(at).parent().unwrap()).unwrap();
                let mut file = fs::File::create(path(at)).unwrap();
                file.write_all(WORDS[*words].as_bytes()).unwrap();
                // As if it was written long ago: its stamp counts.
                if old {
                    let long_ago =
                        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
                    file.set_modified(long_ago).unwrap();
                }
            }
            Act::Remove(at) => drop(fs::remove_file(path(at))),
            Act::Rename(from, to) => {
                fs::create_dir_all(path(to).parent().unwrap()).unwrap();
                drop(fs::rename(path(from), path(to)));
            }
        }
    }

    #[test]
    fn a_text_that_was_let_go_is_read_again_as_long_as_it_is_the_same() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.md", "b.md", "c.md"] {
            let mut file = fs::File::create(dir.path().join(name)).unwrap();
            // As Windows writes it.
            file.write_all(b"# Caf\xe9\r\n").unwrap();
            let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
            file.set_modified(long_ago).unwrap();
        }
        let seen = super::super::look(dir.path()).unwrap();
        let mut sources = super::super::read_seen(seen, None).library.sources;
        sources.let_go(&std::collections::BTreeSet::new());
        let mut other = fs::File::create(dir.path().join("b.md")).unwrap();
        other.write_all(b"# Iets anders\n").unwrap();
        fs::remove_file(dir.path().join("c.md")).unwrap();
        let texts: Vec<&str> = sources.iter().map(|(_, source)| source.text()).collect();
        assert_eq!(texts, ["# Café\n", "", ""]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
        #[test]
        fn memory_reads_as_if_for_the_first_time(
            acts in proptest::collection::vec((act(), any::<bool>()), 1..25),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let mut memory = Memory::default();
            for (act, old) in &acts {
                apply(act, dir.path(), *old);
                let again = read_again(dir.path(), &mut memory).unwrap();
                let cold = read(dir.path()).unwrap();
                prop_assert_eq!(shown(&again), shown(&cold), "after {:?}", act);
            }
        }
    }
}
