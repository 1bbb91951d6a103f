//! What the machine refuses, in one plain sentence, with exit code 2.

use super::screen::Screen;
use super::speech::Speech;
use crate::problem::Failure;

/// Why the run stops.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A disk, a folder.
    Failure(Failure),
    /// Words we do not understand: the finished sentence.
    Words(String),
    /// No refusal at all: `--help`, `--version`.
    Asked(String),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::Failure(failure)
    }
}

impl Refusal {
    /// Says it, and returns the exit code.
    pub(super) fn tell(&self, screen: &Screen, speech: &Speech) -> u8 {
        match self {
            Refusal::Failure(failure) => screen.tell(&failure.sentence(&speech.lang())),
            Refusal::Words(sentence) => screen.tell(sentence),
            Refusal::Asked(text) => {
                screen.say(text);
                return 0;
            }
        }
        2
    }
}
