//! What every tab hears: which site stands, what is new in it, and whether the folder is
//! there. Who comes later hears first what is now.

use super::eyes::Eyes;
use super::facts::{Changed, Counts, changed};
use super::json;
use super::news::News;
use super::stand::Stand;
use serde::Serialize;
use std::io;
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tabs that listen, and what they heard last.
pub(super) struct Tabs {
    news: News,
    now: Mutex<Now>,
    away: Mutex<bool>,
}

/// Which site stands, and what is new in it.
#[derive(Debug, Clone, Default, Serialize)]
struct Now {
    run: String,
    v: u64,
    css: Vec<String>,
    changed: Vec<Changed>,
    problems: Counts,
    /// Whether nobody touched a file: a booklet was set, and links tell how large it is.
    quiet: bool,
}

impl Tabs {
    /// Begins with the first site of a run.
    pub(super) fn new(run: &str, v: u64) -> Tabs {
        let now = Now { run: run.to_string(), v, ..Now::default() };
        Tabs { news: News::default(), now: Mutex::new(now), away: Mutex::new(false) }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether the folder is there.
    pub(super) fn set_away(&self, away: bool) {
        let mut was = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if *was != away {
            *was = away;
            self.news.tell(if away { "away" } else { "back" }, "{}");
        }
    }

    /// Tells which site stands now. What changed has other pages for other eyes.
    pub(super) fn tell(&self, stand: &Stand, css: Vec<String>, files: &[String]) {
        let mut now = self.now();
        (now.v, now.css, now.quiet) = (stand.number, css, false);
        self.news.tell_each("now", &|eyes| {
            let (eyes, files) = (eyes.clone(), files.to_vec());
            let changed = stand.ask(move |live| changed(live, &eyes, &files));
            json(&Now { changed: changed.unwrap_or_default(), ..now.clone() })
        });
    }

    /// Tells that the same site has another number: a booklet was set.
    pub(super) fn tell_quietly(&self, number: u64) {
        let mut now = self.now();
        (now.v, now.css, now.quiet) = (number, Vec::new(), true);
        self.news.tell("now", &json(&*now));
    }

    /// Tells how much is noticed in a site, when that differs.
    pub(super) fn tell_counts(&self, number: u64, counts: Counts) {
        let mut now = self.now();
        if now.v == number && now.problems != counts {
            now.problems = counts;
            let again = Now { css: Vec::new(), ..now.clone() };
            self.news.tell("now", &json(&again));
        }
    }

    /// Tells one tab what is now, and then all news until it closes.
    pub(super) fn listen(
        &self,
        stream: &mut TcpStream,
        head: bool,
        eyes: Eyes,
    ) -> io::Result<()> {
        self.news.listen(stream, head, eyes, || {
            let now = Now { css: Vec::new(), ..self.now().clone() };
            let mut first = vec![("now", json(&now))];
            if *self.away.lock().unwrap_or_else(PoisonError::into_inner) {
                first.push(("away", "{}".into()));
            }
            first
        })
    }
}
