//! What people type behind `snel weg:`, in the site or in a text.

use super::words::read_yes;
use crate::lang::Lang;
use crate::text::web_address;

/// What `snel weg:` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// No button, also where the site has one.
    No,
    /// A button; where it leads is not said.
    Yes,
    /// A button that leads to this address.
    To(String),
}

/// Reads `snel weg:`: an address, yes or no.
pub fn read_exit(typed: &str) -> Option<Exit> {
    match read_yes(typed) {
        Some(false) => Some(Exit::No),
        Some(true) => Some(Exit::Yes),
        None => web_address(typed).map(Exit::To),
    }
}

/// Returns where a button leads when nobody said it: the encyclopaedia in the language of
/// the reader, a page that anybody may have open.
pub fn anywhere(lang: &Lang) -> String {
    format!("https://{}.wikipedia.org/", lang.primary())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_yes_or_no() {
        assert_eq!(read_exit("ja"), Some(Exit::Yes));
        assert_eq!(read_exit("Nee"), Some(Exit::No));
        assert_eq!(
            read_exit("www.weer.nl"),
            Some(Exit::To("https://www.weer.nl".into()))
        );
        assert_eq!(read_exit("javascript:alert(1)"), None);
        assert_eq!(read_exit("misschien"), None);
        assert_eq!(anywhere(&Lang::dutch()), "https://nl.wikipedia.org/");
    }
}
