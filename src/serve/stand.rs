//! A site that stands: one generation of the preview.
//!
//! The pages of a site borrow from its texts, so all of it lives on the stack of one
//! thread, and questions come to it over a channel. The texts of a generation never change:
//! when one does, a new generation is made beside it, and the old one ends when nobody holds
//! it any more. What pages tell of booklets changes once, when those were set
//! ([`Live::press`]): the site gets a new number then ([`Stand::next`]).
//!
//! A generation is made in one of two ways. [`Stand::up`] reads the folder: a whole one. When
//! only the words of some texts changed, [`Stand::touched`] makes one that shares all else
//! with the last whole one: it is a question to that one, which is answered as long as the
//! new one stands. It never builds on another touched one, so nothing piles up.

use super::facts::Facts;
use crate::keys::Place;
use crate::load;
use crate::model::{Library, TextId};
use crate::pipeline::{Haste, Live, Remembered, Request, live};
use crate::problem::Failure;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A question to a site: it is run on a thread beside the one of the site.
type Job = Box<dyn for<'a, 'b> FnOnce(&'b Live<'a>) + Send>;

/// A site that stands. When the last holder is gone, its thread ends.
#[derive(Debug)]
pub(super) struct Stand {
    jobs: Sender<Job>,
    library: Arc<Library>,
    /// What it is.
    pub(super) facts: Arc<Facts>,
    /// What was told of it last, to compare with the next one.
    pub(super) told: Arc<Facts>,
    /// Its number in this run, from 1.
    pub(super) number: u64,
    /// What was asked for.
    pub(super) request: Request,
    /// What it shares with, when it is no whole one.
    base: Option<Base>,
}

/// A whole site, and which texts were touched since.
#[derive(Debug)]
struct Base {
    jobs: Sender<Job>,
    texts: BTreeSet<TextId>,
}

/// Most texts that a site differs in from a whole one.
const MOST: usize = 64;

impl Stand {
    /// Reads a folder and lets its site stand.
    pub(super) fn up(
        request: Request,
        keys: Option<Place>,
        memory: Arc<Mutex<Remembered>>,
        number: u64,
        haste: Haste,
    ) -> Result<Stand, Failure> {
        let (dir, asked) = (request.dir.clone(), request.clone());
        let (jobs, work) = channel();
        let (say, stands) = channel();
        let stand = move || {
            let told = say.clone();
            let made = live(&asked, keys.as_ref(), &memory, haste, |live| {
                // Who asked for this may have gone: then the channel of work ends too.
                let _ = told.send(Ok((Arc::clone(live.library), Facts::of(live))));
                drop(told);
                answer_all(live, work);
                // Letting go of ten thousand texts takes a while; somebody types.
                Haste::go_last();
            });
            if let Err(failure) = made {
                let _ = say.send(Err(failure));
            }
        };
        let thread = std::thread::Builder::new().name("site".into()).spawn(stand);
        thread.map_err(|cause| Failure::new("cannot-read", &dir, cause))?;
        let stopped = |_| Err(Failure::refused("preview-stopped", &dir));
        let (library, facts) = stands.recv().unwrap_or_else(stopped)?;
        let facts = Arc::new(facts);
        let told = Arc::clone(&facts);
        Ok(Stand { jobs, library, facts, told, number, request, base: None })
    }

    /// Tells whether all of it was read at once.
    pub(super) fn is_whole(&self) -> bool {
        self.base.is_none()
    }

    /// Lets the site stand after a change in these files. `None` when they may hold more
    /// than other words in some texts.
    pub(super) fn touched(
        &self,
        request: &Request,
        changed: &BTreeSet<PathBuf>,
    ) -> Option<Stand> {
        if request.today != self.request.today {
            return None;
        }
        let touched = load::touch(&self.library, &request.dir, changed)?;
        let (library, mut texts) = (Arc::new(touched.library), touched.texts);
        let mut whole = &self.jobs;
        if let Some(base) = &self.base {
            texts.extend(&base.texts);
            whole = &base.jobs;
        }
        if texts.len() > MOST {
            return None;
        }
        let (jobs, work) = channel();
        let (say, stands) = channel();
        let base = Some(Base { jobs: whole.clone(), texts: texts.clone() });
        let shared = Arc::clone(&library);
        let stand: Job = Box::new(move |live| {
            live.touch(&shared, &texts, move |live| {
                let _ = say.send(Facts::of(live));
                drop(say);
                answer_all(live, work);
            });
        });
        whole.send(stand).ok()?;
        let facts = Arc::new(stands.recv().ok()?);
        let told = Arc::clone(&facts);
        let (number, request) = (self.number + 1, request.clone());
        Some(Stand { jobs, library, facts, told, number, request, base })
    }

    /// Returns the same whole site under the next number: its pages tell something else now.
    pub(super) fn next(&self) -> Stand {
        Stand {
            jobs: self.jobs.clone(),
            library: Arc::clone(&self.library),
            facts: Arc::clone(&self.facts),
            told: Arc::clone(&self.told),
            number: self.number + 1,
            request: self.request.clone(),
            base: None,
        }
    }

    /// Asks the site something; `None` when it could not answer.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        question: impl for<'a, 'b> FnOnce(&'b Live<'a>) -> T + Send + 'static,
    ) -> Option<T> {
        let (say, heard) = channel();
        let job: Job = Box::new(move |live| {
            let _ = say.send(question(live));
        });
        self.jobs.send(job).ok()?;
        heard.recv().ok()
    }
}

/// Answers until nobody can ask any more. Each question has a thread of its own: a large
/// picture keeps no page waiting.
fn answer_all(live: &Live<'_>, work: Receiver<Job>) {
    std::thread::scope(|scope| {
        for job in work {
            // A page that stumbles takes nothing else with it: who asked hears nothing.
            let run = move || drop(catch_unwind(AssertUnwindSafe(|| job(live))));
            // When there is no thread to be had, who asked hears nothing either.
            let _ = std::thread::Builder::new().spawn_scoped(scope, run);
        }
    });
}
