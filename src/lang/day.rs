//! Days in words: `14 maart 2026`.

use super::Lang;
use crate::text::{fold, names_month};
use jiff::civil::Date;

impl Lang {
    /// Returns a day in words of this language, as people write it.
    pub fn day(&self, date: Date) -> String {
        let words = self.words();
        let month = words.get(&format!("month.{}", date.month())).to_string();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        words.say("date.long", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// Returns a typed day in words of this language, when it names the month in those of
    /// another one: `9 juni 2026` comes in the wrong order in a text from right to left.
    pub fn day_in(&self, typed: &str, day: Option<Date>) -> Option<String> {
        let day = day?;
        let ours = super::written().any(|tag| tag == self.primary());
        let key = format!("month.{}", day.month());
        // Short forms of the own month are fine: the first letters are the same.
        let start: String = fold(self.words().get(&key)).chars().take(3).collect();
        let own = fold(typed).contains(&start);
        (ours && !own && names_month(typed)).then(|| self.day(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_as_people_write_it() {
        assert_eq!(Lang::dutch().day(date(2026, 3, 4)), "4 maart 2026");
        let english = Lang::read("en").expect("a language of ours");
        assert!(english.day(date(2026, 3, 4)).contains("March"));
        let arabic = Lang::read("ar").expect("a language of ours");
        let typed = |lang: &Lang, typed| lang.day_in(typed, Some(date(2026, 6, 9)));
        assert_eq!(typed(&arabic, "9 juni 2026").as_deref(), Some("9 يونيو 2026"));
        assert_eq!(typed(&arabic, "9 يونيو 2026"), None);
        assert_eq!(typed(&english, "9 Jun 2026"), None);
        assert_eq!(typed(&arabic, "9-6-2026"), None);
        assert_eq!(Lang::dutch().day_in("ooit", None), None);
    }
}
