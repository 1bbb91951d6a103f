//! Floor 8: the live preview: the whole site on this computer, while somebody writes.
//!
//! [`Preview::open`] is the entry. Each file has one job: `door` takes connections in,
//! `guard` decides what may be asked, `desk` sends a question to who knows, `stand` holds
//! the site in memory, `pages` serves its bytes, `answer` writes what goes back. Nothing is
//! written to disk, and nothing outside this computer gets an answer.

mod answer;
mod desk;
mod door;
mod guard;
mod pages;
mod stand;

pub use guard::{Ask, Door, Head, Refusal, guard};

use crate::lang::Lang;
use crate::pipeline::Request;
use crate::problem::Failure;
use desk::Desk;
use door::Listener;
use jiff::civil::Date;
use stand::Stand;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// The port that is wanted.
    pub port: u16,
}

impl Wish {
    fn request(&self) -> Request {
        Request {
            dir: self.dir.clone(),
            today: self.date.unwrap_or_else(|| (self.today)()),
            search: self.search,
            booklets: false,
            hints: true,
        }
    }
}

/// A preview with its port open and its site standing.
pub struct Preview {
    listener: Listener,
    desk: Arc<Desk>,
}

impl Preview {
    /// Opens the port and reads the folder.
    pub fn open(wish: Wish) -> Result<Preview, Failure> {
        let stand = Stand::up(wish.request())?;
        let listener = Listener::open(Ipv4Addr::LOCALHOST.into(), wish.port)
            .map_err(|cause| Failure::new("no-port", &wish.dir, cause))?;
        Ok(Preview { listener, desk: Arc::new(Desk::new(stand)) })
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
    pub fn run(self) {
        let door = Door::here(self.port());
        self.listener.run(door, self.desk);
    }
}
