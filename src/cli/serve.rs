//! `boekje serve`, `kijk`: the booklet live in the browser, while you write.

use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use super::{browser, day, folder};
use crate::serve::{self, Event, PORT, Preview};
use clap::Args;
use std::path::PathBuf;

/// What to show, and how.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The folder of texts.
    dir: Option<PathBuf>,
    /// Another port.
    #[arg(long, alias = "poort")]
    port: Option<u16>,
    /// Opens no browser.
    #[arg(long, alias = "niet-openen")]
    no_open: bool,
    /// Looks for changes itself: for drives that tell of none.
    #[arg(long, alias = "zelf-kijken")]
    poll: bool,
    /// The program that opens a text at a line.
    #[arg(long)]
    editor: Option<String>,
    /// Leaves the search index out.
    #[arg(long, alias = "zonder-zoeken")]
    no_search: bool,
    /// The day to show the booklet of.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// Shows the booklet until somebody stops it.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let date = wish.date.as_deref().map(|typed| day::day(Some(typed), speech));
    let wanted = wish.port.unwrap_or(PORT);
    let preview = Preview::open(serve::Wish {
        dir: folder::texts(wish.dir.as_deref())?,
        today: day::today,
        date: date.transpose()?,
        search: !wish.no_search,
        port: wanted,
        poll: wish.poll,
        editor: editor(wish),
        lang: speech.asked(),
    })?;
    let lang = speech.for_site(&preview.lang());
    let say = |key: &str, args: &[(&str, &str)]| lang.terminal().say(key, args);
    let (port, address) = (preview.port().to_string(), preview.address());
    if preview.port() != wanted && wanted != 0 {
        let wanted = wanted.to_string();
        screen.say(&say("serve.taken", &[("x", &wanted), ("port", &port)]));
    }
    screen.say(&say("serve.ready", &[("address", &screen.bold(&address))]));
    if !wish.no_open {
        browser::open(&address);
    }
    preview.run(&|event| {
        screen.say(&match event {
            Event::Away(failure) => {
                say("serve.away", &[("why", &failure.sentence(&lang))])
            }
            Event::Back => say("serve.back", &[]),
            Event::Alone => say("serve.alone", &[]),
        });
    })?;
    Ok(0)
}

/// Returns the editor: the one that was typed, else the one of this computer.
fn editor(wish: &Wish) -> Option<String> {
    let own = wish.editor.clone().or_else(|| std::env::var("VISUAL").ok());
    own.filter(|editor| !editor.trim().is_empty())
}
