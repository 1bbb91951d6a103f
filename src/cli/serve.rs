//! `boekje serve`, `kijk`: the booklet live in the browser, while you write.

use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use super::{browser, chance, day, folder};
use crate::keys::Place;
use crate::pipeline::{self, Notes};
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
    /// Lets a telephone on the same network look too; as which reader.
    #[arg(long, alias = "telefoon", num_args = 0..=1, require_equals = true,
        default_missing_value = "")]
    lan: Option<String>,
    /// Leaves the search index out.
    #[arg(long, alias = "zonder-zoeken")]
    no_search: bool,
    /// Leaves the booklets beside the site out.
    #[arg(long, alias = "zonder-boekjes")]
    no_booklets: bool,
    /// The day to show the booklet of.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// Shows the booklet until somebody stops it.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let date = wish.date.as_deref().map(|typed| day::day(Some(typed), speech));
    let wanted = wish.port.unwrap_or(PORT);
    let dir = folder::texts(wish.dir.as_deref())?;
    // Where there is no place for keys, there are none.
    let keys = Place::find(&dir, |name| std::env::var_os(name)).ok();
    let cache = pipeline::cache(|name| std::env::var_os(name));
    let (texts, place) = (dir.clone(), keys.clone());
    let notes = move || Notes::open(&texts, place.as_ref(), &cache?, chance);
    let asked = serve::Wish {
        keys,
        dir,
        today: day::today,
        date: date.transpose()?,
        search: !wish.no_search,
        booklets: !wish.no_booklets,
        port: wanted,
        poll: wish.poll,
        editor: editor(wish),
        lang: speech.asked(),
        lan: wish.lan.clone(),
    };
    let preview = Preview::open(asked, notes)?;
    let lang = speech.for_site(&preview.lang());
    let say = |key: &str, args: &[(&str, &str)]| lang.terminal().say(key, args);
    let (port, address) = (preview.port().to_string(), preview.address());
    if preview.port() != wanted && wanted != 0 {
        let wanted = wanted.to_string();
        screen.say(&say("serve.taken", &[("x", &wanted), ("port", &port)]));
    }
    screen.say(&say("serve.ready", &[("address", &screen.bold(&address))]));
    if let Some(address) = preview.lan() {
        screen.say(&say("serve.lan", &[("address", &address)]));
        screen.say(&square(&address, screen));
        let as_reader = wish.lan.as_deref().filter(|name| !name.is_empty());
        screen.say(&match as_reader {
            Some(name) => say("serve.lan-reader", &[("n", name)]),
            None => say("serve.lan-everybody", &[]),
        });
    }
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

/// Returns the square to point a telephone at, of half blocks: dark on light, also on a
/// dark screen that shows colours.
fn square(address: &str, screen: &Screen) -> String {
    use qrcode::render::unicode::Dense1x2;
    let Ok(code) = qrcode::QrCode::new(address) else { return String::new() };
    let drawn = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Dark)
        .light_color(Dense1x2::Light)
        .build();
    let line = |line: &str| match screen.colour {
        true => format!("\x1b[30;107m{line}\x1b[0m\n"),
        false => format!("{line}\n"),
    };
    drawn.lines().map(line).collect()
}
