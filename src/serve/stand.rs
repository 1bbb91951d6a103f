//! A site that stands: one generation of the preview.
//!
//! The pages of a site borrow from its texts, so all of it lives on the stack of one
//! thread, and questions come to it over a channel. The texts of a generation never change:
//! when one does, a new generation is made beside it, and the old one ends when nobody holds
//! it any more. What pages tell of booklets changes once, when those were set
//! ([`Live::press`]): the site gets a new number then ([`Stand::next`]).

use super::facts::Facts;
use crate::keys::Place;
use crate::pipeline::{Live, Remembered, Request, live};
use crate::problem::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A question to a site: it is run on a thread beside the one of the site.
type Job = Box<dyn for<'a, 'b> FnOnce(&'b Live<'a>) + Send>;

/// A site that stands. When the last holder is gone, its thread ends.
#[derive(Debug)]
pub(super) struct Stand {
    jobs: Sender<Job>,
    /// What it is, to compare with the next one.
    pub(super) facts: Arc<Facts>,
    /// Its number in this run, from 1.
    pub(super) number: u64,
}

impl Stand {
    /// Reads a folder and lets its site stand.
    pub(super) fn up(
        request: Request,
        keys: Option<Place>,
        memory: Arc<Mutex<Remembered>>,
        number: u64,
    ) -> Result<Stand, Failure> {
        let dir = request.dir.clone();
        let (jobs, work) = channel();
        let (say, stands) = channel();
        let stand = move || {
            let told = say.clone();
            let made = live(&request, keys.as_ref(), &memory, |live| {
                // Who asked for this may have gone: then the channel of work ends too.
                let _ = told.send(Ok(Facts::of(live)));
                drop(told);
                answer_all(live, work);
            });
            if let Err(failure) = made {
                let _ = say.send(Err(failure));
            }
        };
        let thread = std::thread::Builder::new().name("site".into()).spawn(stand);
        thread.map_err(|cause| Failure::new("cannot-read", &dir, cause))?;
        let stopped = |_| Err(Failure::refused("preview-stopped", &dir));
        let facts = stands.recv().unwrap_or_else(stopped)?;
        Ok(Stand { jobs, facts: Arc::new(facts), number })
    }

    /// Returns the same site under the next number: its pages tell something else now.
    pub(super) fn next(&self) -> Stand {
        let (jobs, facts) = (self.jobs.clone(), Arc::clone(&self.facts));
        Stand { jobs, facts, number: self.number + 1 }
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
