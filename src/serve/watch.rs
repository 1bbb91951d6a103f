//! Watches a folder: what changed, and whether it is still there.
//!
//! [`Watch::next`] is the entry; it waits. The system tells of changes, and for safety we
//! look ourselves now and then: a network drive, OneDrive or a folder of Windows seen from
//! Linux may never tell. No file is put in somebody's folder to try that out: when our own
//! look finds a change that nobody told of, and nothing was ever told, we look ourselves
//! from then on ([`Sign::Alone`]).

use super::scan::{Scan, roots, scan};
use crate::pipeline::Haste;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How long it is quiet before a change counts as done.
const QUIET: Duration = Duration::from_millis(12);

/// How long a change may go on before we look at it anyway.
const LONGEST: Duration = Duration::from_millis(30);

/// How long we wait for the words of a file that is empty: many programs empty it first.
const EMPTY: Duration = Duration::from_millis(100);

/// How often we look when the system tells, and when it does not.
const SAFETY: Duration = Duration::from_secs(2);
const ALONE: Duration = Duration::from_millis(300);

/// When a look beside all else is taken to have come to nothing.
const LATE: Duration = Duration::from_secs(300);

/// How often we look whether the folder is back.
const AWAY: Duration = Duration::from_millis(200);

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// These paths changed.
    Changed(BTreeSet<PathBuf>),
    /// Something changed, anything.
    Anything,
    /// The folder is gone.
    Away,
    /// The folder is back.
    Back,
    /// The system tells nothing here: we look ourselves.
    Alone,
    /// It is quiet.
    Nothing,
}

/// What the system told.
enum Told {
    Paths(Vec<PathBuf>),
    /// It lost count.
    Lost,
    /// No word of the system: we looked ourselves, beside all else.
    Seen(Look),
}

/// A look at all files.
struct Look {
    /// Which look this is.
    number: u64,
    found: Scan,
    took: Duration,
}

/// A folder that is watched.
pub(super) struct Watch {
    /// The folder of texts, and the folder of themes beside it.
    folders: Vec<PathBuf>,
    told: Receiver<Told>,
    tell: Sender<Told>,
    watcher: Option<RecommendedWatcher>,
    seen: Scan,
    /// What the system told since we looked.
    since: BTreeSet<PathBuf>,
    /// What it had told when the look that goes on now began.
    before: BTreeSet<PathBuf>,
    /// A look that is done, while we waited for it to be quiet.
    looked: Option<Look>,
    /// How often we looked: of two that cross, the last counts.
    looks: u64,
    /// Whether it ever told anything.
    tells: bool,
    alone: bool,
    announced: bool,
    away: bool,
    look_at: Instant,
}

impl Watch {
    /// Begins to watch; `alone`: without asking the system.
    pub(super) fn new(folders: Vec<PathBuf>, alone: bool) -> Watch {
        let (tell, told) = channel();
        let mut watch = Watch {
            folders: folders.clone(),
            told,
            tell,
            watcher: None,
            look_at: Instant::now() + SAFETY,
            seen: Scan::default(),
            since: BTreeSet::new(),
            before: BTreeSet::new(),
            looked: None,
            looks: 0,
            tells: false,
            alone,
            announced: alone,
            away: false,
        };
        // A folder that is another one by the time the system begins has to show as such.
        let before = roots(&folders);
        // In a large folder both take a while.
        let (mut seen, ()) = rayon::join(|| scan(&folders), || watch.ask_system());
        seen.roots = before;
        Watch { seen, ..watch }
    }

    /// Waits for the next sign, at most `longest`.
    pub(super) fn next(&mut self, longest: Duration) -> Sign {
        if self.alone && !self.announced {
            self.announced = true;
            return Sign::Alone;
        }
        let until = Instant::now() + longest;
        loop {
            let now = Instant::now();
            let wait = self.look_at.min(until).saturating_duration_since(now);
            let sign = match self.told.recv_timeout(wait) {
                Ok(Told::Seen(look)) => self.compare(look),
                Ok(told) => self.gather(told),
                Err(_) if Instant::now() >= self.look_at => self.look_beside(),
                Err(_) => return Sign::Nothing,
            };
            let looked = || self.looked.take().and_then(|look| self.compare(look));
            if let Some(sign) = sign.or_else(looked) {
                return sign;
            }
        }
    }

    /// Asks the system to tell. Where it cannot, we look ourselves.
    fn ask_system(&mut self) {
        self.watcher = None;
        if self.alone {
            return;
        }
        let tell = self.tell.clone();
        let heard = move |event: notify::Result<notify::Event>| {
            let told = match event {
                Ok(event) if event.need_rescan() => Told::Lost,
                Ok(event) if is_change(event.kind) => Told::Paths(event.paths),
                Ok(_) => return,
                Err(_) => Told::Lost,
            };
            let _ = tell.send(told);
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = match RecommendedWatcher::new(heard, config) {
            Ok(watcher) => watcher,
            Err(_) => return self.go_alone(),
        };
        for folder in self.folders.clone() {
            let asked = watcher.watch(&folder, RecursiveMode::Recursive);
            if asked.is_err() && folder.is_dir() {
                return self.go_alone();
            }
        }
        self.watcher = Some(watcher);
    }

    fn go_alone(&mut self) {
        self.alone = true;
        self.look_at = Instant::now();
    }

    /// Waits until it is quiet, and says what changed; nothing when it was not about texts.
    fn gather(&mut self, first: Told) -> Option<Sign> {
        let began = Instant::now();
        let mut paths = BTreeSet::new();
        let mut lost = false;
        let mut told = Some(first);
        loop {
            match told.take() {
                Some(Told::Paths(more)) => {
                    self.tells = true;
                    paths.extend(more);
                }
                Some(Told::Lost) => lost = true,
                Some(Told::Seen(look)) => self.looked = Some(look),
                None => {}
            }
            let left = match paths.iter().any(|path| is_empty(path)) {
                true => EMPTY.saturating_sub(began.elapsed()),
                false => LONGEST.saturating_sub(began.elapsed()).min(QUIET),
            };
            if left.is_zero() {
                break;
            }
            match self.told.recv_timeout(left) {
                Ok(more) => told = Some(more),
                Err(_) => break,
            }
        }
        self.since.extend(paths.iter().cloned());
        if lost || paths.iter().any(|path| self.folders.contains(path)) {
            return self.look().or(lost.then_some(Sign::Anything));
        }
        paths.retain(|path| self.concerns(path));
        (!paths.is_empty()).then_some(Sign::Changed(paths))
    }

    /// Tells whether a path is about texts: nothing below a hidden folder is.
    fn concerns(&self, path: &Path) -> bool {
        let inside =
            self.folders.iter().find_map(|folder| path.strip_prefix(folder).ok());
        let names = inside.unwrap_or(path).iter();
        !names.map(|name| name.to_string_lossy()).any(|name| name.starts_with('.'))
    }

    /// Looks ourselves, and waits for it.
    fn look(&mut self) -> Option<Sign> {
        if !self.is_there() {
            return self.leave();
        }
        self.before.append(&mut self.since);
        self.looks += 1;
        self.compare(Look::at(&self.folders, self.looks))
    }

    /// Looks ourselves beside all else: in a large folder that takes longer than a change
    /// may wait. A folder that is gone is seen at once.
    fn look_beside(&mut self) -> Option<Sign> {
        if self.away || !self.is_there() {
            return self.look();
        }
        self.before.append(&mut self.since);
        // The result says when to look again.
        self.look_at = Instant::now() + LATE;
        self.looks += 1;
        let (folders, number) = (self.folders.clone(), self.looks);
        let tell = self.tell.clone();
        let look = move || {
            Haste::go_last();
            let _ = tell.send(Told::Seen(Look::at(&folders, number)));
        };
        match std::thread::Builder::new().name("look".into()).spawn(look) {
            Ok(_) => None,
            Err(_) => self.look(),
        }
    }

    fn is_there(&self) -> bool {
        self.folders.first().is_some_and(|folder| folder.is_dir())
    }

    fn leave(&mut self) -> Option<Sign> {
        self.look_at = Instant::now() + AWAY;
        (!std::mem::replace(&mut self.away, true)).then_some(Sign::Away)
    }

    /// Says what changed since we looked last and nobody told of.
    fn compare(&mut self, look: Look) -> Option<Sign> {
        let Look { number, found: now, took } = look;
        if number != self.looks {
            return None;
        }
        if !self.is_there() {
            return self.leave();
        }
        let moved = now.roots != self.seen.roots;
        let before = std::mem::replace(&mut self.seen, now);
        if moved || self.away {
            self.ask_system();
        }
        // On a slow drive we look less often: the drive is for the writers.
        let every = if self.alone { ALONE } else { SAFETY };
        self.look_at = Instant::now() + every.max(took * 20);
        let told_before = std::mem::take(&mut self.before);
        if std::mem::replace(&mut self.away, false) {
            self.since.clear();
            return Some(Sign::Back);
        }
        let is_told =
            |above: &Path| self.since.contains(above) || told_before.contains(above);
        let told = |path: &Path| path.ancestors().any(is_told);
        let mut changed = self.seen.differences(&before);
        changed.retain(|path| moved || !told(path));
        if changed.is_empty() {
            return moved.then_some(Sign::Anything);
        }
        if !self.alone && !self.tells && !moved {
            self.go_alone();
        }
        Some(Sign::Changed(changed))
    }
}

impl Look {
    fn at(folders: &[PathBuf], number: u64) -> Look {
        let began = Instant::now();
        Look { number, found: scan(folders), took: began.elapsed() }
    }
}

/// Tells whether something is about the bytes or the names of files: that we read them
/// ourselves is told too.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|facts| facts.is_file() && facts.len() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const SOON: Duration = Duration::from_secs(3);

    fn write(path: &Path, text: &str) {
        use std::io::Write;
        fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let texts = dir.path().canonicalize().unwrap().join("texts");
        fs::create_dir(&texts).unwrap();
        write(&texts.join("a.md"), "een");
        (dir, texts)
    }

    /// Both ways of watching see the same.
    #[test]
    fn saves_of_all_kinds_are_seen() {
        for alone in [false, true] {
            let (_dir, texts) = folder();
            let mut watch = Watch::new(vec![texts.clone()], alone);
            let mut seen = |what: &str| match watch.next(SOON) {
                Sign::Changed(paths) => {
                    assert!(paths.contains(&texts.join("a.md")), "{what}: {paths:?}");
                }
                other => panic!("{what}: {other:?}"),
            };
            write(&texts.join("a.md"), "twee, langer");
            seen("over it");
            write(&texts.join(".a.tmp"), "drie, nog langer");
            fs::rename(texts.join(".a.tmp"), texts.join("a.md")).unwrap();
            seen("by rename");
            fs::remove_file(texts.join("a.md")).unwrap();
            seen("away");
        }
    }

    #[test]
    fn a_folder_that_leaves_and_returns() {
        for alone in [false, true] {
            let (dir, texts) = folder();
            let mut watch = Watch::new(vec![texts.clone()], alone);
            fs::rename(&texts, dir.path().join("elders")).unwrap();
            assert_eq!(watch.next(SOON), Sign::Away);
            fs::rename(dir.path().join("elders"), &texts).unwrap();
            assert_eq!(watch.next(SOON), Sign::Back);
            write(&texts.join("b.md"), "nieuw");
            assert!(matches!(watch.next(SOON), Sign::Changed(_)), "watches again");
        }
    }

    #[test]
    fn hidden_files_and_our_own_reading_are_no_change() {
        let (_dir, texts) = folder();
        let mut watch = Watch::new(vec![texts.clone()], false);
        write(&texts.join(".a.md.swp"), "x");
        let _ = fs::File::open(texts.join("a.md")).unwrap();
        assert_eq!(watch.next(Duration::from_millis(300)), Sign::Nothing);
    }
}
