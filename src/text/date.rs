//! Dates as people type them.

use super::fold;
use jiff::civil::Date;

/// What a typed date turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRead {
    /// One day, no doubt.
    Sure(Date),
    /// Could be two days (`03-04-26`): this is the one we take.
    Doubtful(Date),
    /// Looks like a date, but the calendar does not have it (`31 februari 2026`).
    NotOnCalendar,
    /// Not a date at all.
    NoDate,
}

impl DateRead {
    /// Returns the day that was read, sure or doubtful.
    pub fn date(self) -> Option<Date> {
        match self {
            DateRead::Sure(date) | DateRead::Doubtful(date) => Some(date),
            DateRead::NotOnCalendar | DateRead::NoDate => None,
        }
    }
}

/// Month names and usual short forms, folded: Dutch and English, then German, French,
/// Turkish, Polish, Ukrainian and Arabic as they stand in a date.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan", "januar", "janner", "janvier", "ocak", "stycznia", "січня", "يناير"],
    &["februari", "february", "feb", "febr", "februar", "fevrier", "subat", "lutego", "лютого", "فبراير"],
    &["maart", "march", "mrt", "mar", "marz", "mars", "mart", "marca", "березня", "مارس"],
    &["april", "apr", "avril", "nisan", "kwietnia", "квітня", "ابريل"],
    &["mei", "may", "mai", "mayis", "maja", "травня", "مايو"],
    &["juni", "june", "jun", "juin", "haziran", "czerwca", "червня", "يونيو"],
    &["juli", "july", "jul", "juillet", "temmuz", "lipca", "липня", "يوليو"],
    &["augustus", "august", "aug", "aout", "agustos", "sierpnia", "серпня", "اغسطس"],
    &["september", "sept", "sep", "septembre", "eylul", "wrzesnia", "вересня", "سبتمبر"],
    &["oktober", "october", "okt", "oct", "octobre", "ekim", "pazdziernika", "жовтня", "اكتوبر"],
    &["november", "nov", "novembre", "kasim", "listopada", "листопада", "نوفمبر"],
    &["december", "dec", "dezember", "decembre", "aralik", "grudnia", "грудня", "ديسمبر"],
];

/// Reads `2026-03-14`, `14-03-2026`, `14/3/2026`, `14 maart 2026`, `14 March 2026`,
/// `March 14, 2026`, also behind a weekday and before a time of day. Two-digit years are
/// doubtful; so is `03-04-2026` written with slashes (it could be American).
pub fn read_date(typed: &str) -> DateRead {
    let folded = fold(typed.trim());
    let folded = folded.trim_end_matches('.');
    // A time of day after the date (as other tools write it) does not matter here.
    let day = match folded.split_once('t') {
        Some((day, time))
            if day.len() == 10 && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            day
        }
        _ => folded,
    };
    let mut tokens: Vec<&str> =
        day.split([' ', '\t', ',', '\u{a0}']).filter(|token| !token.is_empty()).collect();
    let weekday = |word: &str| is_weekday(word) || SHORT_WEEKDAYS.contains(&word);
    if tokens.len() > 1 && weekday(tokens[0].trim_end_matches('.')) {
        tokens.remove(0);
    }
    match tokens.as_slice() {
        [one] => read_numbers(one),
        [one, time] | [one, time, _] if time.contains(':') => read_numbers(one),
        [day, month, year] => match (month_number(month), month_number(day)) {
            (Some(month), _) => read_parts(year, month, ordinal(day)),
            (None, Some(first)) => read_parts(year, first, ordinal(month)),
            (None, None) => DateRead::NoDate,
        },
        _ => DateRead::NoDate,
    }
}

/// Days of the week, Dutch and English, folded.
#[rustfmt::skip]
const WEEKDAYS: [&str; 14] = [
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
];

/// Their short forms.
#[rustfmt::skip]
const SHORT_WEEKDAYS: [&str; 14] = [
    "ma", "di", "wo", "do", "vr", "za", "zo",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];

/// Tells whether a folded word is the whole name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

fn month_number(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.');
    MONTHS.iter().position(|names| names.contains(&name)).map(|at| at as i8 + 1)
}

/// Tells whether a typed date holds the name of a month.
pub fn names_month(typed: &str) -> bool {
    fold(typed).split([' ', '\t', ',', '\u{a0}']).any(|word| month_number(word).is_some())
}

/// Strips `e`, `st`, `nd`, `rd`, `th`, and the point of German, behind a day number.
fn ordinal(day: &str) -> &str {
    day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.')
}

fn read_parts(year: &str, month: i8, day: &str) -> DateRead {
    let (Ok(year_number), Ok(day)) = (year.parse::<i16>(), day.parse::<i8>()) else {
        return DateRead::NoDate;
    };
    on_calendar(year_number, month, day, year.len() == 4)
}

/// Reads a date of digits only, with `-`, `/` or `.` between them.
fn read_numbers(token: &str) -> DateRead {
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return DateRead::NoDate };
    let numeric = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !parts.iter().all(numeric) {
        return DateRead::NoDate;
    }
    let number = |part: &str| part.parse::<i16>().unwrap_or(0);
    if first.len() == 4 {
        return on_calendar(
            number(first),
            number(second) as i8,
            number(third) as i8,
            true,
        );
    }
    let (day, month, year) = (number(first), number(second), number(third));
    if day > 99 || month > 99 {
        return DateRead::NoDate;
    }
    let slashed = token.contains('/') && day <= 12 && month <= 12 && day != month;
    on_calendar(year, month as i8, day as i8, third.len() == 4 && !slashed)
}

fn on_calendar(year: i16, month: i8, day: i8, sure: bool) -> DateRead {
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    match Date::new(year, month, day) {
        Ok(date) if sure => DateRead::Sure(date),
        Ok(date) => DateRead::Doubtful(date),
        Err(_) => DateRead::NotOnCalendar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_usual_forms() {
        let day = DateRead::Sure(date(2026, 3, 14));
        for typed in [
            "2026-03-14",
            "14-03-2026",
            "14-3-2026",
            "14 maart 2026",
            "14 March 2026",
            "March 14, 2026",
            "zaterdag 14 maart 2026",
            "2026-03-14T10:00:00Z",
            "2026-03-14 10:00",
            "14e maart 2026",
            "14/3/2026",
            "14 mrt. 2026",
        ] {
            assert_eq!(read_date(typed), day, "{typed}");
        }
    }

    #[test]
    fn doubt_and_impossible_days() {
        assert_eq!(read_date("03/04/2026"), DateRead::Doubtful(date(2026, 4, 3)));
        assert_eq!(read_date("14-3-26"), DateRead::Doubtful(date(2026, 3, 14)));
        let march = DateRead::Sure(date(2026, 3, 7));
        for typed in ["7. März 2026", "7 mars 2026", "7 Mart 2026", "7 marca 2026"] {
            assert_eq!(read_date(typed), march, "{typed}");
        }
        for typed in ["7 березня 2026", "7 مارس 2026"] {
            assert_eq!(read_date(typed), march, "{typed}");
        }
        assert_eq!(read_date("31 februari 2026"), DateRead::NotOnCalendar);
        assert_eq!(read_date("2026-13-01"), DateRead::NotOnCalendar);
        for typed in ["", "volgende week", "2026", "1-2", "-", "maart 2026", "----"] {
            assert_eq!(read_date(typed), DateRead::NoDate, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_day_comes_back_from_every_form(days in 0i32..200_000) {
            let day = date(1700, 1, 1).checked_add(jiff::Span::new().days(days)).expect("within range");
            let month = MONTHS[day.month() as usize - 1][0];
            for typed in [
                day.to_string(),
                format!("{}-{}-{:04}", day.day(), day.month(), day.year()),
                format!("{} {month} {:04}", day.day(), day.year()),
            ] {
                proptest::prop_assert_eq!(read_date(&typed).date(), Some(day));
            }
        }

        #[test]
        fn never_panics(typed in "\\PC{0,40}") { read_date(&typed); }
    }
}
