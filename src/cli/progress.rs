//! One line that shows how far a long build is; short work stays quiet.

use super::screen::Screen;
use crate::lang::Lang;
use crate::pipeline::Step;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Work shorter than this shows no line.
const PATIENCE: Duration = Duration::from_millis(500);

/// Time between two lines, so that the terminal does not slow the work down.
const PACE: Duration = Duration::from_millis(80);

/// The line.
pub(super) struct Progress<'a> {
    screen: &'a Screen,
    lang: Lang,
    start: Instant,
    shown: Mutex<Option<Instant>>,
}

impl<'a> Progress<'a> {
    /// Starts counting.
    pub(super) fn new(screen: &'a Screen, lang: Lang) -> Self {
        Progress { screen, lang, start: Instant::now(), shown: Mutex::new(None) }
    }

    /// Shows a step, when it is time.
    pub(super) fn show(&self, step: Step) {
        if !self.screen.live || self.start.elapsed() < PATIENCE {
            return;
        }
        // Another thread is showing a line right now: this one can be missed.
        let Ok(mut shown) = self.shown.try_lock() else { return };
        if shown.is_some_and(|before| before.elapsed() < PACE) {
            return;
        }
        self.screen.rewrite(&line(step, &self.lang));
        *shown = Some(Instant::now());
    }

    /// Wipes the line.
    pub(super) fn end(self) {
        if self.shown.into_inner().is_ok_and(|shown| shown.is_some()) {
            self.screen.rewrite("");
        }
    }
}

fn line(step: Step, lang: &Lang) -> String {
    match step {
        Step::Reading => lang.terminal().get("progress.reading").into(),
        Step::Composing => lang.terminal().get("progress.composing").into(),
        Step::Printing => lang.terminal().get("progress.printing").into(),
        Step::Making { done, total } => lang.terminal().say(
            "progress.making",
            &[("n", &done.to_string()), ("total", &total.to_string())],
        ),
        Step::Writing => lang.terminal().get("progress.writing").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_and_no_terminal_stay_quiet() {
        let screen = Screen { colour: false, live: false };
        let progress = Progress::new(&screen, Lang::dutch());
        progress.show(Step::Reading);
        assert!(progress.shown.lock().expect("one thread").is_none());
        let screen = Screen { colour: false, live: true };
        let progress = Progress::new(&screen, Lang::dutch());
        progress.show(Step::Reading);
        assert!(progress.shown.lock().expect("one thread").is_none());
    }

    #[test]
    fn the_line_counts() {
        let line = line(Step::Making { done: 3, total: 40 }, &Lang::dutch());
        assert!(line.contains("3") && line.contains("40"));
    }
}
