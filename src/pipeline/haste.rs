//! What may wait: work of a preview that lets pages go first.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;

/// How a site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// Somebody waits for it.
    Soon,
    /// It takes the place of one that shows the same: everything else goes first.
    Calm,
}

impl Haste {
    /// Lets the thread we are on go last from here on: nobody waits for what is left to it.
    pub fn go_last() {
        stand_back();
    }

    pub(super) fn run<T: Send>(self, run: impl FnOnce() -> T + Send) -> T {
        static AT_EASE: OnceLock<Option<ThreadPool>> = OnceLock::new();
        match self {
            Haste::Soon => run(),
            Haste::Calm => on_one_thread(&AT_EASE, run),
        }
    }
}

/// How much the press may pile up while it sets a page: as much as a build has.
const STACK: usize = 8 << 20;

/// Runs on the one thread of a preview that may set booklets: pages keep the others, and
/// what it needs of memory stays in one place. Pages go first.
pub(super) fn at_the_press<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    static PRESS: OnceLock<Option<ThreadPool>> = OnceLock::new();
    on_one_thread(&PRESS, run)
}

/// Runs on a thread of its own that lets all others go first.
fn on_one_thread<T: Send>(
    place: &OnceLock<Option<ThreadPool>>,
    run: impl FnOnce() -> T + Send,
) -> T {
    let one = || {
        let one = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK);
        one.start_handler(|_| stand_back()).build().ok()
    };
    match place.get_or_init(one) {
        Some(one) => one.install(run),
        None => run(),
    }
}

/// Lets all other threads go first. Elsewhere this is about the program as a whole.
fn stand_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}
