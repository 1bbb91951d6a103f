//! Floor 11: the words people type, and the only place that prints.
//!
//! [`main`] reads the words (`words`), lets one verb do its work and says what happened.
//! One file per verb: `build`, `print`, `check`, `new`, `add`, `explain`, `reader`,
//! `serve`, `verify`. What a person asked for goes to the standard output; what the machine refuses goes to the standard error with
//! exit code 2. All sentences stand in `lang/*/cli.toml`.

mod add;
mod browser;
mod build;
mod card;
mod check;
mod day;
mod explain;
mod folder;
mod inside;
mod new;
mod paper;
#[cfg(feature = "print")]
mod print;
mod progress;
mod reader;
mod refusal;
mod report;
mod screen;
mod serve;
mod speech;
mod verify;
mod words;

use crate::lock::NoChance;
use refusal::Refusal;
use screen::Screen;
use speech::Speech;
use std::process::ExitCode;
use words::{Verb, Words};

/// Runs the program with the words it was started with.
pub fn main() -> ExitCode {
    let typed: Vec<_> = std::env::args_os().collect();
    let speech = Speech::of(&typed, |name| std::env::var(name).ok());
    let screen = Screen::new();
    let code = Words::read(&typed, &speech)
        .and_then(|words| walk(words, &speech, &screen))
        .unwrap_or_else(|refusal| refusal.tell(&screen, &speech));
    ExitCode::from(code)
}

/// Fills bytes by the chance of this computer.
fn chance(bytes: &mut [u8]) -> Result<(), NoChance> {
    getrandom::fill(bytes).map_err(|_| NoChance)
}

/// Does what was asked and returns the exit code: 0 good, 1 problems that hold something
/// back, 2 the machine refused.
fn walk(words: Words, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    match words.verb {
        Verb::New(wish) => new::run(&wish, speech, screen),
        Verb::Add(wish) => add::run(&wish, speech, screen),
        Verb::Check(wish) => check::run(&wish, speech, screen),
        Verb::Build(wish) => build::run(&wish, speech, screen),
        #[cfg(feature = "print")]
        Verb::Print(wish) => print::run(&wish, speech, screen),
        Verb::Serve(wish) => serve::run(&wish, speech, screen),
        Verb::Reader(wish) => reader::run(&wish, speech, screen),
        Verb::Verify(wish) => verify::run(&wish, speech, screen),
        Verb::Explain(wish) => explain::run(&wish, speech, screen),
        Verb::Help(wish) => {
            screen.say(&words::help(wish.verb.as_deref(), speech)?);
            Ok(0)
        }
    }
}
