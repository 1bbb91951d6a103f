//! Large files that are on their way: who asks for the same one meanwhile gets the same
//! bytes. A file is made once for all who wait for it, so that many slow ones take no more
//! of the computer than one.

use super::answer::{Answer, HTML, Ongoing, kind_of};
use crate::text::Address;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A file that somebody makes, or that goes out.
type Slot = Arc<Mutex<Option<Ongoing>>>;

/// Files by the number of their site and their path.
#[derive(Default)]
pub(super) struct Large {
    slots: Mutex<BTreeMap<(u64, String), Slot>>,
}

impl Large {
    /// Returns an answer that goes out to somebody else, or makes it. Pages are always made:
    /// they differ by who asks.
    pub(super) fn or_make(
        &self,
        site: u64,
        path: String,
        make: impl FnOnce() -> Answer,
    ) -> Answer {
        if path.is_empty() || path.ends_with('/') || kind_of(&Address::new(&path)) == HTML
        {
            return make();
        }
        let slot = self.slot((site, path));
        let mut held = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_out = held.as_ref().and_then(Ongoing::answer);
        goes_out.unwrap_or_else(|| {
            let made = make();
            *held = made.ongoing();
            made
        })
    }

    /// Returns the slot of a file; those that nobody needs any more go.
    fn slot(&self, key: (u64, String)) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_out = |slot: &Slot| {
            let held = slot.lock().unwrap_or_else(PoisonError::into_inner);
            held.as_ref().and_then(Ongoing::answer).is_some()
        };
        // Who makes one holds its slot too: nobody waits here.
        slots.retain(|_, slot| Arc::strong_count(slot) > 1 || goes_out(slot));
        Arc::clone(slots.entry(key).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::answer::PLAIN;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Makes answers of a length, each with other bytes.
    #[derive(Default)]
    struct Maker {
        large: Large,
        made: AtomicUsize,
    }

    impl Maker {
        fn ask(&self, site: u64, path: &str, length: usize) -> Answer {
            self.large.or_make(site, path.into(), || {
                let number = self.made.fetch_add(1, Ordering::Relaxed);
                Answer::new(PLAIN, vec![number as u8; length])
            })
        }
    }

    #[test]
    fn a_large_answer_is_made_once_while_it_is_on_its_way() {
        let maker = Maker::default();
        let first = maker.ask(1, "a.txt", 1 << 20);
        assert_eq!(maker.ask(1, "a.txt", 1 << 20), first);
        assert_ne!(maker.ask(2, "a.txt", 1 << 20), first);
        assert_ne!(maker.ask(1, "b.txt", 1 << 20), first);
        drop(first);
        let small = maker.ask(1, "a.txt", 8);
        assert_ne!(maker.ask(1, "a.txt", 8), small);
        for page in ["", "tips/", "p.html"] {
            let made = maker.ask(1, page, 1 << 20);
            assert_ne!(maker.ask(1, page, 1 << 20), made);
        }
        assert_eq!(maker.large.slots.lock().unwrap().len(), 1, "nothing piles up");
    }

    #[test]
    fn who_asks_while_it_is_made_waits_for_it() {
        let maker = Maker::default();
        let ask = || maker.ask(1, "a.txt", 1 << 20);
        let held = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(held.iter().all(|one| *one == held[0]));
    }
}
