//! Days in words: `14 maart 2026`.

use super::Lang;
use jiff::civil::Date;

impl Lang {
    /// Returns a day in words of this language, as people write it.
    pub fn day(&self, date: Date) -> String {
        let words = self.words();
        let month = words.get(&format!("month.{}", date.month())).to_string();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        words.say("date.long", &[("day", &day), ("month", &month), ("year", &year)])
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
    }
}
