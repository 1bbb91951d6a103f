//! Floor 10: the live preview: the whole site on this computer, while somebody writes.
//!
//! [`Preview::open`] is the entry. Each file has one job: `door` takes connections in,
//! `guard` decides what may be asked, `desk` sends a question to who knows, `stand` holds
//! the site in memory, `pages` serves its bytes, `answer` writes what goes back, `watch`
//! sees what changes, `tabs` and `news` tell the browser, `state` and `lines` answer its bar,
//! `locked` has the pages with a lock, `opened` what a
//! reader with a card finds behind it.
//!
//! Nothing is written to disk. Only this computer gets an answer, except with `--lan`
//! (`lan`): then the network around us gets a door of its own, to the pages of the site or
//! of one reader, below a name nobody can guess, and to nothing else.

mod answer;
mod desk;
mod door;
mod editor;
mod eyes;
mod facts;
mod guard;
mod lan;
mod large;
mod lines;
mod locked;
mod news;
mod opened;
mod pages;
mod scan;
mod stand;
mod state;
mod stumble;
mod tabs;
mod watch;

pub use door::heard;
pub use guard::{Ask, Door, Head, Refusal, guard};

use crate::keys::Place;
use crate::lang::Lang;
use crate::pipeline::{Haste, Notes, Remembered, Request};
use crate::problem::Failure;
use desk::{Desk, Own};
use door::Listener;
use eyes::Eyes;
use jiff::civil::Date;
use lan::Lan;
use serde::Serialize;
use stand::Stand;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use watch::{Sign, Watch};

/// The folder of addresses that belong to the preview and to no site.
const OWN: &str = "_boekje";

/// The port when nobody names one.
pub const PORT: u16 = 4310;

/// What to show, and where.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The folder of texts.
    pub dir: PathBuf,
    /// Tells which day it is: asked again for every change, so that a preview may stand
    /// for days.
    pub today: fn() -> Date,
    /// The day to show the site of, instead of today.
    pub date: Option<Date>,
    /// Whether the site has a search index.
    pub search: bool,
    /// Whether the site has the booklets that texts ask for.
    pub booklets: bool,
    /// The port that is wanted.
    pub port: u16,
    /// Looks for changes itself, without asking the system.
    pub poll: bool,
    /// The program that opens a text at a line, with its words.
    pub editor: Option<String>,
    /// The language in which the writer is spoken to; else that of the site.
    pub lang: Option<Lang>,
    /// Where the keys of readers stand, if anywhere: they are read, and never made.
    pub keys: Option<Place>,
    /// Whether others on the network may look too: as a reader, or (empty) as everybody.
    pub lan: Option<String>,
}

impl Wish {
    fn request(&self) -> Request {
        Request {
            dir: self.dir.clone(),
            today: self.date.unwrap_or_else(|| (self.today)()),
            search: self.search,
            booklets: self.booklets,
            hints: true,
        }
    }
}

/// What happens while a preview runs, for the screen.
#[derive(Debug)]
pub enum Event {
    /// The folder of texts is gone, or holds no text any more.
    Away(Failure),
    /// It is back.
    Back,
    /// The system does not tell of changes: the preview looks for itself.
    Alone,
}

/// A preview with its port open and its site standing.
pub struct Preview {
    listener: Listener,
    desk: Arc<Desk>,
    watch: Watch,
    wish: Wish,
    lan: Option<Lan>,
}

impl Preview {
    /// Opens the port and reads the folder; `notes` opens what builds left of it.
    pub fn open(
        wish: Wish,
        notes: impl FnOnce() -> Option<Notes> + Send,
    ) -> Result<Preview, Failure> {
        // Watching begins before reading: what is saved meanwhile is seen.
        let (watch, notes) = rayon::join(|| Watch::new(folders(&wish), wish.poll), notes);
        let memory = Arc::new(Mutex::new(Remembered::with(notes)));
        let (keys, again) = (wish.keys.clone(), Arc::clone(&memory));
        let stand = Stand::up(wish.request(), keys, again, 1, Haste::Soon)?;
        let listener = Listener::open(Ipv4Addr::LOCALHOST.into(), wish.port)
            .map_err(|cause| Failure::new("no-port", &wish.dir, cause))?;
        let own = Own {
            run: secret(&wish.dir)?,
            key: secret(&wish.dir)?,
            editor: wish.editor.clone(),
            lang: wish.lang.clone(),
            keys: wish.keys.clone(),
            memory,
        };
        let desk = Desk::new(stand, own);
        let lan = lan(&wish, &desk)?;
        Ok(Preview { listener, desk, watch, wish, lan })
    }

    /// Returns the address for a telephone, when that was asked for.
    pub fn lan(&self) -> Option<String> {
        self.lan.as_ref().map(Lan::address)
    }

    /// Returns the address to go to.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port())
    }

    /// Returns the port: another than was wanted when that was taken.
    pub fn port(&self) -> u16 {
        self.listener.address().port()
    }

    /// Returns the language of the site.
    pub fn lang(&self) -> Lang {
        self.desk.lang()
    }

    /// Serves for as long as the program runs.
    pub fn run(self, tell: &dyn Fn(&Event)) -> Result<(), Failure> {
        let Preview { listener, desk, watch, wish, lan } = self;
        let door = Door::here(listener.address().port());
        let answers = Arc::clone(&desk);
        std::thread::Builder::new()
            .name("door".into())
            .spawn(move || listener.run(door, answers))
            .map_err(|cause| Failure::new("no-port", &wish.dir, cause))?;
        if let Some(lan) = lan {
            let desk = Arc::clone(&desk);
            std::thread::Builder::new()
                .name("network".into())
                .spawn(move || lan.run(desk))
                .map_err(|cause| Failure::new("no-lan", &wish.dir, cause))?;
        }
        follow(watch, &desk, &wish, tell)
    }
}

/// Opens the door on the network, when that was asked for. The writer's own eyes stay here.
fn lan(wish: &Wish, desk: &Desk) -> Result<Option<Lan>, Failure> {
    let Some(typed) = &wish.lan else { return Ok(None) };
    let eyes = Eyes::read(typed);
    if eyes == Eyes::Writer || !desk.knows(&eyes) {
        return Err(Failure::refused("lan-reader", Path::new(typed)));
    }
    let token = secret(&wish.dir)?;
    let opened = Lan::open(eyes, token, wish.port);
    opened.map(Some).map_err(|cause| Failure::new("no-lan", &wish.dir, cause))
}

/// Follows the folder for as long as the program runs.
fn follow(
    mut watch: Watch,
    desk: &Arc<Desk>,
    wish: &Wish,
    tell: &dyn Fn(&Event),
) -> Result<(), Failure> {
    let mut day = wish.request().today;
    let mut away = false;
    loop {
        let sign = watch.next(Duration::from_secs(60));
        let today = wish.request().today;
        match sign {
            Sign::Nothing if day == today => continue,
            Sign::Alone => {
                tell(&Event::Alone);
                continue;
            }
            Sign::Away => {
                desk.set_away(true);
                let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
                tell(&Event::Away(Failure::new("no-folder", &wish.dir, gone)));
                away = true;
                continue;
            }
            _ => {}
        }
        day = today;
        let changed = match &sign {
            Sign::Changed(files) if !away => Some(files),
            _ => None,
        };
        match desk.renew(wish.request(), changed) {
            Ok(()) if std::mem::take(&mut away) => tell(&Event::Back),
            Err(failure) if !std::mem::replace(&mut away, true) => {
                tell(&Event::Away(failure));
            }
            _ => {}
        }
    }
}

/// Returns the folders to watch: that of the texts, and the one of themes beside it.
fn folders(wish: &Wish) -> Vec<PathBuf> {
    let texts = wish.dir.canonicalize().unwrap_or_else(|_| wish.dir.clone());
    let beside = texts.parent().map(|above| above.join("themes"));
    let named = texts.file_name().is_some_and(|name| name == "content");
    let themes = beside.filter(|themes| named && themes.is_dir());
    [Some(texts), themes].into_iter().flatten().collect()
}

/// Returns facts for the script.
fn json(facts: &impl Serialize) -> String {
    serde_json::to_string(facts).expect("words and numbers always fit in JSON")
}

/// Returns letters nobody can guess.
fn secret(dir: &Path) -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|_no_chance| Failure::refused("preview-stopped", dir))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
