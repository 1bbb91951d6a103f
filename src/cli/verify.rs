//! `boekje verify`, `vergelijk`: is what is published still what was built?

use super::refusal::Refusal;
use super::report::count;
use super::screen::Screen;
use super::speech::Speech;
use crate::pipeline::{Published, Verified, fingerprint, verify};
use crate::text::Address;
use clap::Args;
use std::path::{Path, PathBuf};

/// Lines in each list; how many more there are is said.
const MOST: usize = 10;

/// What to compare, with what.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// A folder, an address, or a single file.
    place: String,
    /// The folder of the last build.
    #[arg(long, alias = "uit", default_value = "public")]
    out: PathBuf,
}

/// Compares, and says what differs. 1 when something does.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let lang = speech.lang();
    let words = lang.terminal();
    if Path::new(&wish.place).is_file() {
        let hash = fingerprint(Path::new(&wish.place))?;
        let args = [("path", wish.place.as_str()), ("hash", &hash)];
        screen.say(&words.say("verify.file", &args));
        return Ok(0);
    }
    let Verified { same, other, missing } =
        verify(&wish.out, &Published::read(&wish.place))?;
    let mut lines = Vec::new();
    for (key, list) in [("verify.other", &other), ("verify.missing", &missing)] {
        if list.is_empty() {
            continue;
        }
        lines.push(words.get(key).to_string());
        lines.extend(list.iter().take(MOST).map(|one: &Address| format!("  {one}")));
        let more = list.len().saturating_sub(MOST);
        if more > 0 {
            lines.push(words.say("inside.more", &[("n", &more.to_string())]));
        }
    }
    if same == 0 && other.is_empty() {
        screen.say(words.get("verify.nothing"));
        return Ok(1);
    }
    let good = other.is_empty() && missing.is_empty();
    let files = count(same, "files", &lang);
    let key = if good { "verify.good" } else { "verify.same" };
    lines.push(words.say(key, &[("files", &files)]));
    if !good {
        lines.push(words.get("verify.what").to_string());
    }
    screen.say(&lines.join("\n"));
    Ok(u8::from(!good))
}
