//! Leaving quickly: which pages have the button, and where it leads.

use crate::compose::{Chosen, Entry};
use crate::kind::{Exit, anywhere, read_exit};
use crate::lang::Lang;
use crate::model::Key;
use crate::output::html;

/// Returns where the button of a page leads; nothing when it has none. `entry` is the text
/// the page shows.
pub(super) fn of(
    edition: &Chosen<'_>,
    entry: Option<&Entry<'_>>,
    lang: &Lang,
) -> Option<String> {
    let sites = edition.settings().quick_exit.as_deref();
    let asked = entry.and_then(|entry| entry.fields.text(Key::QuickExit));
    let address = match asked.and_then(read_exit) {
        Some(Exit::No) => return None,
        Some(Exit::To(address)) => address,
        Some(Exit::Yes) => sites.map_or_else(|| anywhere(lang), String::from),
        None => sites?.to_string(),
    };
    html::outside(&address)
}

/// Tells whether any page has the button.
pub(super) fn anywhere_asked(edition: &Chosen<'_>) -> bool {
    let asked = |entry: &Entry<'_>| of(edition, Some(entry), entry.lang).is_some();
    edition.settings().quick_exit.is_some() || edition.entries().any(asked)
}
