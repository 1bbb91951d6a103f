//! The day: handed in with `--date`, else today. The one place that reads the clock.

use super::refusal::Refusal;
use super::speech::Speech;
use crate::text::read_date;
use jiff::civil::Date;

/// Returns the day that was typed, else today.
pub(super) fn day(typed: Option<&str>, speech: &Speech) -> Result<Date, Refusal> {
    let Some(typed) = typed else { return Ok(today()) };
    read_date(typed).date().ok_or_else(|| {
        let sentence = speech.lang().terminal().say("words.date", &[("x", typed)]);
        Refusal::Words(sentence)
    })
}

/// Returns the day it is here.
#[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let speech = Speech::of(&[], |_| None);
        let read = |typed| day(Some(typed), &speech).ok();
        assert_eq!(read("1 mei 2026"), Some(jiff::civil::date(2026, 5, 1)));
        assert_eq!(read("31 februari 2026"), None);
        assert!(day(None, &speech).is_ok());
    }
}
