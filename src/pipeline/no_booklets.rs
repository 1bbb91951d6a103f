//! A build without the press: there are no booklets.

use super::Offer;
use crate::compose::{Edition, One, Public};
use crate::model::Library;
use crate::output::{Download, SharePicture};
use crate::problem::Problem;
use crate::text::Address;
use crate::theme::Theme;
use jiff::civil::Date;

/// No booklet is wanted.
pub(super) fn wanted(_: &Library) -> bool {
    false
}

/// Nothing is noticed about booklets.
pub(super) fn noticed(_: &Library, _: &Theme, _: Date) -> Vec<Problem> {
    Vec::new()
}

/// No booklet is offered.
pub(super) fn offers(_: &Library, _: Date) -> Vec<Offer> {
    Vec::new()
}

/// No booklet is made.
pub(super) fn offered(_: &Library, _: &Theme, _: Date, _: &str) -> Option<Vec<u8>> {
    None
}

/// No booklet is made.
pub(super) fn downloads(
    _: &Library,
    _: Date,
    _: &Theme,
    _: &dyn Fn(&Address) -> bool,
    _: &mut Vec<Problem>,
) -> Vec<Download> {
    Vec::new()
}

/// Nothing was kept.
pub(super) fn tidy() {}

/// No picture is made.
pub(super) fn share_pictures<'a>(
    _: &Edition<'a, Public>,
    _: &'a Theme,
) -> Vec<SharePicture<'a>> {
    Vec::new()
}

/// Nothing is made to take along.
pub(super) fn to_take_along(
    _: &Edition<'_, One>,
    _: &Theme,
    _: &mut Vec<Problem>,
) -> Vec<Download> {
    Vec::new()
}

/// Nothing is asked to take along.
pub(super) fn is_asked(_: &Edition<'_, One>) -> bool {
    false
}
