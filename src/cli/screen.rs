//! The terminal: what is said, with colour where that helps, and silence when the reader
//! has left (a closed pipe).

use std::io::{IsTerminal, Write};

/// The terminal as we found it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    /// Whether the standard output shows colours.
    pub(super) colour: bool,
    /// Whether a line on the standard error can be rewritten in place.
    pub(super) live: bool,
}

impl Screen {
    /// Looks at the terminal we run in.
    pub(super) fn new() -> Screen {
        let told_not_to = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Screen {
            colour: std::io::stdout().is_terminal() && !told_not_to && !dumb,
            live: std::io::stderr().is_terminal() && !dumb,
        }
    }

    /// Says what was asked for, on the standard output.
    pub(super) fn say(&self, text: &str) {
        // Nobody listens any more (`| head`): that is fine, and nothing is lost.
        let mut out = anstream::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| ended(text, &mut out));
    }

    /// Says what the machine refuses, on the standard error.
    pub(super) fn tell(&self, text: &str) {
        let mut out = anstream::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| ended(text, &mut out));
    }

    /// Rewrites the line in place; an empty text wipes it.
    pub(super) fn rewrite(&self, line: &str) {
        if self.live {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\x1b[2K{line}").and_then(|()| out.flush());
        }
    }

    /// Returns `text` bold, where colours are shown.
    pub(super) fn bold(&self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.into() }
    }
}

fn ended(text: &str, out: &mut impl Write) -> std::io::Result<()> {
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}
