//! The desk: where every question goes to who knows the answer.

use super::OWN;
use super::answer::{Answer, HTML, PLAIN};
use super::door::Answers;
use super::guard::{Ask, Refusal};
use super::pages;
use super::stand::Stand;
use crate::lang::Lang;
use std::io;
use std::net::TcpStream;
use std::sync::{Arc, PoisonError, RwLock};

/// What the connections share.
pub(super) struct Desk {
    now: RwLock<Arc<Stand>>,
}

impl Desk {
    /// Makes a desk with the first site.
    pub(super) fn new(stand: Stand) -> Desk {
        Desk { now: RwLock::new(Arc::new(stand)) }
    }

    /// Returns the site that stands now. Who holds it gets all answers from it.
    fn now(&self) -> Arc<Stand> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the language of the site.
    pub(super) fn lang(&self) -> Lang {
        let lang = self.now().ask(|live| live.library.settings.lang.clone());
        lang.unwrap_or_else(Lang::dutch)
    }

    /// Answers about the site.
    fn site(&self, ask: &Ask) -> Answer {
        let own = ask.clone();
        let made = self.now().ask(move |live| pages::answer(live.files, &own));
        match made {
            Some(Ok(answer)) => answer,
            _ => stumbled(ask),
        }
    }

    /// Answers about the preview itself.
    fn own(&self, ask: &Ask) -> Answer {
        let names: Vec<&str> = ask.path.iter().map(String::as_str).collect();
        match names.get(1..).unwrap_or_default() {
            ["live.js"] => {
                fixed("text/javascript; charset=utf-8", include_str!("page/live.js"))
            }
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
        let answer = if is_own { self.own(ask) } else { self.site(ask) };
        answer.write(stream, ask.head)
    }
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
