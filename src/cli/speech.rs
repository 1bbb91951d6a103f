//! In which language we speak: the one that was asked for, else the site's, else the
//! computer's, else Dutch.

use crate::lang::{self, Lang};
use std::ffi::OsString;

/// The languages to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speech {
    /// What stands behind `--lang`, also when we do not speak it.
    typed: Option<String>,
    /// The language of the computer.
    locale: Option<Lang>,
}

impl Speech {
    /// Reads the words of the command line and the environment (`get`).
    pub(super) fn of(words: &[OsString], get: impl Fn(&str) -> Option<String>) -> Speech {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| get(name).filter(|value| !value.is_empty()));
        Speech { typed: typed(words), locale: locale.as_deref().and_then(of_locale) }
    }

    /// Returns the language before a site is read.
    pub(super) fn lang(&self) -> Lang {
        self.asked().or_else(|| self.locale.clone()).unwrap_or_else(Lang::dutch)
    }

    /// Returns the language for messages about a site in language `site`.
    pub(super) fn for_site(&self, site: &Lang) -> Lang {
        self.asked().or_else(|| spoken(site)).unwrap_or_else(|| self.lang())
    }

    /// Returns what was asked for with `--lang` and we do not speak.
    pub(super) fn unknown(&self) -> Option<&str> {
        self.typed.as_deref().filter(|_| self.asked().is_none())
    }

    /// Returns the language that was asked for, when we speak it.
    pub(super) fn asked(&self) -> Option<Lang> {
        self.typed.as_deref().and_then(Lang::read).as_ref().and_then(spoken)
    }
}

/// Finds the value of `--lang`, before the words are read: help needs a language too.
fn typed(words: &[OsString]) -> Option<String> {
    let mut words = words.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.as_ref() {
            "--" => return None,
            "--lang" | "--taal" => return words.next().map(Into::into),
            word => {
                let value = ["--lang=", "--taal="]
                    .iter()
                    .find_map(|flag| word.strip_prefix(flag));
                if let Some(value) = value {
                    return Some(value.to_string());
                }
            }
        }
    }
    None
}

/// Reads `nl_NL.UTF-8`. `C` and `POSIX` are no language; a language we do not speak
/// gets English.
fn of_locale(value: &str) -> Option<Lang> {
    let name = value.split(['.', '@']).next().unwrap_or_default();
    if matches!(name, "" | "C" | "POSIX") {
        return None;
    }
    Some(Lang::read(name).as_ref().and_then(spoken).unwrap_or_else(Lang::english))
}

/// Returns the language without its region, when we speak it.
fn spoken(lang: &Lang) -> Option<Lang> {
    lang::spoken().find(|tag| *tag == lang.primary()).and_then(Lang::read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(words: &[&str], locale: &str) -> Speech {
        let words: Vec<OsString> = words.iter().map(Into::into).collect();
        Speech::of(&words, |name| (name == "LANG").then(|| locale.to_string()))
    }

    #[test]
    fn asked_beats_site_beats_locale() {
        let site = Lang::english();
        let tag = |speech: &Speech| speech.for_site(&site).tag().to_string();
        assert_eq!(tag(&speech(&["boekje", "--taal", "nl", "check"], "en_GB")), "nl");
        assert_eq!(tag(&speech(&["boekje", "check", "--lang=NL"], "")), "nl");
        assert_eq!(tag(&speech(&["boekje"], "nl_NL.UTF-8")), "en");
        let arabic = Lang::read("ar").expect("a tag");
        assert_eq!(speech(&[], "nl_BE").for_site(&arabic).tag(), "nl");
    }

    #[test]
    fn the_locale_is_read_as_computers_write_it() {
        for (locale, tag) in [
            ("nl_NL.UTF-8", "nl"),
            ("en_US", "en"),
            ("eo_XX@euro", "en"),
            ("C.UTF-8", "nl"),
            ("POSIX", "nl"),
            ("", "nl"),
        ] {
            assert_eq!(speech(&[], locale).lang().tag(), tag, "{locale}");
        }
    }

    #[test]
    fn a_language_we_do_not_speak_is_noticed() {
        assert_eq!(speech(&["--taal", "eo"], "").unknown(), Some("eo"));
        assert_eq!(speech(&["--taal", "nederlands"], "").unknown(), None);
        assert_eq!(speech(&["add", "--", "--taal", "eo"], "").unknown(), None);
    }
}
