//! The desk: where every question goes to who knows the answer, and where one site takes
//! the place of another.

use super::OWN;
use super::answer::{Answer, HTML, PLAIN};
use super::door::Answers;
use super::facts::{Changed, Counts, changed};
use super::guard::{Ask, Refusal};
use super::news::News;
use super::pages;
use super::stand::Stand;
use crate::lang::Lang;
use crate::pipeline::Request;
use crate::problem::{Failure, Problem, once};
use serde::Serialize;
use std::io;
use std::net::TcpStream;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// The browser's part of the preview, in the order in which it stands on itself.
const SCRIPT: &str = concat!(
    include_str!("page/morph.js"),
    include_str!("page/bar.js"),
    include_str!("page/source.js"),
    include_str!("page/live.js"),
);

/// What the connections share.
pub(super) struct Desk {
    stand: RwLock<Arc<Stand>>,
    news: News,
    now: Mutex<Now>,
    away: Mutex<bool>,
    /// Asks to count what is noticed.
    recount: Sender<()>,
}

/// How long nobody types before what is noticed is counted: pages go first.
const CALM: Duration = Duration::from_millis(150);

/// What a tab hears: which site stands, and what is new in it.
#[derive(Debug, Clone, Default, Serialize)]
struct Now {
    run: String,
    v: u64,
    css: Vec<String>,
    changed: Vec<Changed>,
    problems: Counts,
}

impl Desk {
    /// Makes a desk with the first site. `run` is another one for each start.
    pub(super) fn new(stand: Stand, run: String) -> Arc<Desk> {
        let now = Now { run, v: stand.number, ..Now::default() };
        let (recount, asked) = channel();
        let desk = Arc::new(Desk {
            stand: RwLock::new(Arc::new(stand)),
            news: News::default(),
            now: Mutex::new(now),
            away: Mutex::new(false),
            recount,
        });
        let counting = Arc::clone(&desk);
        // Without this thread there are pages, and no counts.
        let _ = std::thread::Builder::new().name("advice".into()).spawn(move || {
            while asked.recv().is_ok() {
                while asked.recv_timeout(CALM).is_ok() {}
                counting.count();
            }
        });
        let _ = desk.recount.send(());
        desk
    }

    /// Returns the site that stands now. Who holds it gets all answers from it.
    fn stand(&self) -> Arc<Stand> {
        Arc::clone(&self.stand.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the language of the site.
    pub(super) fn lang(&self) -> Lang {
        let lang = self.stand().ask(|live| live.library.settings.lang.clone());
        lang.unwrap_or_else(Lang::dutch)
    }

    /// Reads the folder again and puts the new site in the place of the old one, which
    /// stays when there is nothing to read.
    pub(super) fn renew(&self, request: Request) -> Result<(), Failure> {
        let old = self.stand();
        let stand = match Stand::up(request, old.number + 1) {
            Ok(stand) => Arc::new(stand),
            Err(failure) => {
                self.set_away(true);
                return Err(failure);
            }
        };
        let files = stand.facts.texts_since(&old.facts);
        let css = stand.facts.css_since(&old.facts);
        *self.stand.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&stand);
        drop(old);
        let changed = stand.ask(move |live| changed(live, &files)).unwrap_or_default();
        self.tell(|now| {
            (now.v, now.css, now.changed) = (stand.number, css, changed);
        });
        self.set_away(false);
        let _ = self.recount.send(());
        Ok(())
    }

    /// Tells the tabs whether the folder is there.
    pub(super) fn set_away(&self, away: bool) {
        let mut was = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if *was != away {
            *was = away;
            self.news.tell(if away { "away" } else { "back" }, "{}");
        }
    }

    /// Counts what is noticed, and tells it when it differs.
    fn count(&self) {
        let stand = self.stand();
        let counted = stand.ask(|live| {
            let sources = &live.library.sources;
            let told = once(live.problems(), sources, &live.library.settings.lang);
            Counts::of(told.iter().map(Problem::severity))
        });
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news =
            |counted: &Counts| now.v == stand.number && now.problems != *counted;
        if let Some(counted) = counted.filter(is_news) {
            now.problems = counted;
            let again = Now { css: Vec::new(), changed: Vec::new(), ..now.clone() };
            self.news.tell("now", &json(&again));
        }
    }

    fn tell(&self, change: impl FnOnce(&mut Now)) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut now);
        self.news.tell("now", &json(&*now));
    }

    /// Returns what a tab hears that just came.
    fn first(&self) -> Vec<(&'static str, String)> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let now = Now { css: Vec::new(), changed: Vec::new(), ..now };
        let mut first = vec![("now", json(&now))];
        if *self.away.lock().unwrap_or_else(PoisonError::into_inner) {
            first.push(("away", "{}".into()));
        }
        first
    }

    /// Answers about the site.
    fn site(&self, ask: &Ask) -> Answer {
        let own = ask.clone();
        let made = self.stand().ask(move |live| pages::answer(live.files, &own));
        match made {
            Some(Ok(answer)) => answer,
            _ => stumbled(ask),
        }
    }

    /// Answers about the preview itself.
    fn own(&self, ask: &Ask) -> Answer {
        let names: Vec<&str> = ask.path.iter().map(String::as_str).collect();
        match names.get(1..).unwrap_or_default() {
            ["live.js"] => fixed("text/javascript; charset=utf-8", SCRIPT),
            ["live.css"] => {
                fixed("text/css; charset=utf-8", include_str!("page/live.css"))
            }
            _ => Answer::refused(Refusal::Missing),
        }
    }
}

impl Answers for Desk {
    fn answer(&self, ask: &Ask, stream: &mut TcpStream) -> io::Result<()> {
        let is_own = ask.path.first().is_some_and(|name| name == OWN);
        if is_own
            && ask.path.get(1).is_some_and(|name| name == "events")
            && ask.path.len() == 2
        {
            return self.news.listen(stream, ask.head, || self.first());
        }
        let answer = if is_own { self.own(ask) } else { self.site(ask) };
        answer.write(stream, ask.head)
    }
}

/// Returns facts for the script.
fn json(facts: &impl Serialize) -> String {
    serde_json::to_string(facts).expect("words and numbers always fit in JSON")
}

fn fixed(kind: &'static str, text: &str) -> Answer {
    Answer::new(kind, text.as_bytes())
}

/// Answers that a page could not be made.
fn stumbled(ask: &Ask) -> Answer {
    let kind = if ask.html { HTML } else { PLAIN };
    let answer = Answer::new(kind, b"This page could not be made.\n".as_slice());
    answer.with_status((500, "Internal Server Error"))
}
