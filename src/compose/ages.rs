//! Whether the teller of a story is younger than sixteen, as far as its keys tell.
//!
//! [`is_child`] reads an age, [`names_child`] an age behind a name, [`born_young`] a day
//! of birth. What cannot be understood counts as a child.

use crate::model::Fields;
use crate::text::{fold, read_date};
use jiff::civil::Date;

/// Numbers below sixteen as words, folded; one and two are words for other things too.
const NUMBERS: [&str; 26] = [
    "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
];

/// Whose children a number may count: `moeder van vier`.
const PARENTS: [&str; 8] =
    ["moeder", "vader", "ouder", "oma", "opa", "mother", "father", "parent"];

/// Tells whether the name of a teller comes with the age of a child: `Noor, 12 jaar`,
/// `Noor van twaalf`.
pub(super) fn names_child(teller: Option<&str>) -> bool {
    let folded = fold(teller.unwrap_or_default());
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let before = |count: usize| at.checked_sub(count).and_then(|at| words.get(at));
        let counts_children = matches!(before(1), Some(&"van" | &"of"))
            && before(2).is_some_and(|word| PARENTS.contains(word));
        digits.parse::<u32>().is_ok_and(|years| years < 16)
            || (NUMBERS.contains(word) && !counts_children)
    })
}

/// Tells whether a day of birth stands there and is less than sixteen years ago, or
/// cannot be understood.
pub(super) fn born_young(fields: &Fields, today: Date) -> bool {
    let is_birth = |name: &str| {
        let name = fold(name);
        ["geboren", "geboorte", "born", "birth"].iter().any(|word| name.contains(word))
    };
    let sixteen = |born: Date| {
        let (years, day) =
            (i32::from(today.year()) - i32::from(born.year()), |date: Date| {
                (date.month(), date.day())
            });
        years > 16 || (years == 16 && day(today) >= day(born))
    };
    // `2015`, `maart 2015`: the last day it may have been.
    let long_ago = |typed: &str| {
        let year = typed
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .find_map(|digits| digits.parse::<i32>().ok());
        year.is_some_and(|year| i32::from(today.year()) - year > 16)
    };
    (fields.extra.iter()).filter(|one| is_birth(&one.name)).any(|one| {
        match read_date(&one.value).date() {
            Some(born) => !sixteen(born),
            None => !long_ago(&one.value),
        }
    })
}

/// Tells whether an age is anything but clearly sixteen or older: `16-17`, `18+`,
/// `43 jaar`, `volwassen`. What cannot be understood counts as a child.
pub(super) fn is_child(age: Option<&str>) -> bool {
    let Some(age) = age else { return false };
    let folded = fold(age);
    let age = folded.trim();
    if ["volwassen", "volwassene", "adult"].contains(&age) {
        return false;
    }
    let age = [" jaar", "jaar", " jr", " years old", " years"]
        .iter()
        .find_map(|word| age.strip_suffix(word))
        .unwrap_or(age);
    let plus = ["+", " plus", " en ouder", " and older"];
    let age = plus.iter().find_map(|end| age.strip_suffix(end)).unwrap_or(age).trim();
    let grown = |number: &str| {
        number.trim().parse::<u32>().is_ok_and(|years| (16..=110).contains(&years))
    };
    !age.splitn(2, ['-', '–', '/']).all(grown)
}

/// Tells whether a child's age was understood: a number below sixteen stands in it.
pub(super) fn is_read(age: &str) -> bool {
    age.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.parse::<u32>().is_ok_and(|years| years < 16))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extra;

    #[test]
    fn ages() {
        for young in [
            "12-15",
            "0-11",
            "14",
            "14 jaar",
            "< 16",
            "onder de 16",
            "puber",
            "bijna 16",
            "18-",
        ] {
            assert!(is_child(Some(young)), "{young}");
        }
        for old in ["16-17", "16/17", "18+", "18 plus", "43", "volwassen"] {
            assert!(!is_child(Some(old)), "{old}");
        }
        assert!(!is_child(None));
        assert!(is_read("12-15") && is_read("14 jaar"));
        assert!(!is_read("puber") && !is_read("onder de 16"));
    }

    #[test]
    fn names_with_an_age() {
        assert!(names_child(Some("Noor, 12 jaar")));
        assert!(names_child(Some("Sam (9)")));
        assert!(!names_child(Some("Noor, 43 jaar")));
        assert!(!names_child(Some("Noor")));
        assert!(names_child(Some("Noor van twaalf")));
        assert!(names_child(Some("Noor (Vijftien)")));
        assert!(!names_child(Some("Els, moeder van vier")));
    }

    #[test]
    fn days_of_birth() {
        let today = jiff::civil::date(2026, 6, 1);
        let young = |typed: &str| {
            let (name, value) = ("Geboren op".into(), typed.into());
            let extra = vec![Extra { name, value, ..Extra::default() }];
            born_young(&Fields { extra, ..Fields::default() }, today)
        };
        for typed in ["2015-03-01", "2010-06-02", "2015", "maart 2011", "weet ik niet"] {
            assert!(young(typed), "{typed}");
        }
        for typed in ["2010-06-01", "1980", "3 mei 1990"] {
            assert!(!young(typed), "{typed}");
        }
    }
}
