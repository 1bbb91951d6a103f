//! Which texts may end up before everybody's eyes.
//!
//! Not the wall itself (that is `compose`): a wider net, so that a check looks at a text
//! too many rather than one too few.

use crate::model::{Key, Kind, Text};
use crate::text::fold;

/// Tells whether a text may go public, now or on a later day.
pub(super) fn goes_public(text: &Text) -> bool {
    if text.fields.is_yes(Key::Draft) {
        return false;
    }
    match text.kind {
        Kind::Story => says_yes(text),
        Kind::Plan => text.fields.is_yes(Key::Public),
        _ => true,
    }
}

/// Tells whether the consent of a story starts with yes.
pub(super) fn says_yes(text: &Text) -> bool {
    let consent = text.fields.text(Key::Consent).map(fold).unwrap_or_default();
    let first =
        consent.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    matches!(first, Some("ja" | "yes" | "true" | "waar" | "aan" | "on" | "wel"))
}
