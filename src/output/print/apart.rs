//! A value that many threads may ask for at once, and that takes work of many threads.

use rayon::ThreadPoolBuilder;
use std::sync::OnceLock;

/// How much the press may pile up while it sets a page: as much as the first thread has.
const STACK: usize = 8 << 20;

/// A value that is worked out once, by threads of its own.
///
/// A thread of ours that waits for others takes up other work meanwhile. That may be work
/// which asks for this same value: then it would wait for itself.
#[derive(Debug)]
pub(super) struct Apart<T>(OnceLock<Option<T>>);

impl<T> Default for Apart<T> {
    fn default() -> Self {
        Apart(OnceLock::new())
    }
}

impl<T: Send + Sync> Apart<T> {
    /// Returns the value, or works it out. `None` when there are no threads to be had.
    pub(super) fn get_or_make(&self, make: impl FnOnce() -> T + Send) -> Option<&T> {
        let made = || {
            let own = ThreadPoolBuilder::new().stack_size(STACK).build().ok()?;
            let run = || own.install(make);
            std::thread::scope(|scope| scope.spawn(run).join().ok())
        };
        self.0.get_or_init(made).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// One thread makes the value, and waits for a part of it; the others wait for the value,
    /// and have work left over that asks for it too.
    #[test]
    fn nobody_waits_for_themselves() {
        fn ask(value: &Apart<u32>, more: u32) {
            let begun = AtomicBool::new(false);
            let until_begun = || {
                let moments = (0..40).take_while(|_| !begun.load(Ordering::SeqCst));
                moments.for_each(|_| std::thread::sleep(Duration::from_millis(5)));
            };
            let part = || {
                begun.store(true, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(100));
                more
            };
            let ask_now = || {
                assert!(value.get_or_make(|| rayon::join(until_begun, part).1).is_some());
            };
            if more > 0 {
                rayon::join(ask_now, || ask(value, more - 1));
            }
        }
        let (done, waits) = channel();
        std::thread::spawn(move || {
            for threads in 2..6 {
                let own = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                own.install(|| ask(&Apart::default(), 6));
            }
            done.send(()).unwrap();
        });
        // Who waits for themselves waits for ever.
        assert_eq!(waits.recv_timeout(Duration::from_secs(60)), Ok(()));
    }
}
