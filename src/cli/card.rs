//! The card of a reader, as text: where to go, the words, what to do, when it ends. It says
//! nothing about whose plan it is: cards get lost.

use crate::keys::Card;
use crate::lang::Lang;
#[cfg(feature = "print")]
use crate::output::print::ReaderCard;
use crate::text::base64_url;
use jiff::civil::Date;
use zeroize::Zeroizing;

/// How wide the card is, in letters.
const WIDE: usize = 62;

/// Returns the address of the locked page of a plan.
pub(super) fn address(site: Option<&str>, plan: &[u8; 16]) -> String {
    let name: String = plan.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}p/{name}/", site.unwrap_or("…/"))
}

/// Returns the card between two lines to cut along.
pub(super) fn text(
    card: &Card,
    address: &str,
    until: Option<Date>,
    lang: &Lang,
) -> String {
    let say = |key: &str, args: &[(&str, &str)]| {
        lang.terminal().say(&format!("card.{key}"), args)
    };
    let line = "- ".repeat(WIDE / 2);
    let count = card.words.split(' ').count().to_string();
    let mut text = [
        line.trim_end(),
        &say("go", &[]),
        &format!("\n    {address}\n"),
        &say("type", &[("count", &count)]),
        &format!("\n    {}\n", card.words.as_str()),
        &say("help", &[]),
        &ends(until, lang),
        line.trim_end(),
    ]
    .join("\n");
    if let Some(key) = &card.link {
        let secret = Zeroizing::new(base64_url(key.bytes()));
        let link = Zeroizing::new(format!("{address}#s={}", secret.as_str()));
        text.push_str("\n\n");
        text.push_str(say("link", &[("link", &link)]).trim_end());
    }
    text.push('\n');
    text
}

/// Says until when the card works.
fn ends(until: Option<Date>, lang: &Lang) -> String {
    match until {
        Some(day) => lang.terminal().say("card.until", &[("day", &lang.day(day))]),
        None => lang.terminal().say("card.no-end", &[]),
    }
}

/// Returns what stands on the card on paper. The link is not on it: it is for sending.
#[cfg(feature = "print")]
pub(super) fn paper(
    card: &Card,
    address: &str,
    until: Option<Date>,
    lang: &Lang,
) -> ReaderCard {
    let say = |key: &str, args: &[(&str, &str)]| {
        lang.terminal().say(&format!("card.{key}"), args)
    };
    let words: Vec<String> = card.words.split(' ').map(String::from).collect();
    let count = words.len().to_string();
    let mut help: Vec<String> = say("help", &[]).lines().map(String::from).collect();
    help.push(ends(until, lang));
    ReaderCard {
        go: say("go", &[]),
        address: address.to_string(),
        ask: say("type", &[("count", &count)]),
        words,
        help,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::Key;
    use jiff::civil::date;

    fn card(link: bool) -> Card {
        let words = "koelkast tuinhek zeepbel appelsap bloesem vlinder".to_string();
        Card { words: Zeroizing::new(words), link: link.then(|| Key::new([0xfb; 32])) }
    }

    #[test]
    fn a_card_says_where_how_and_until_when() {
        let place = address(Some("https://noor.example/"), &[0xa0; 16]);
        let day = Some(date(2027, 5, 1));
        let text = text(&card(false), &place, day, &Lang::dutch());
        for part in [
            "https://noor.example/p/a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0/",
            "koelkast tuinhek zeepbel appelsap bloesem vlinder",
            "1 mei 2027",
            "6 woorden",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains('{') && !text.contains("#s="), "{text}");
    }

    #[test]
    fn a_link_comes_with_its_warning() {
        for lang in [Lang::dutch(), Lang::english()] {
            let text = text(&card(true), &address(None, &[1; 16]), None, &lang);
            let (_, link) = text.split_once("#s=").expect("a link");
            let secret: String =
                link.chars().take_while(|c| !c.is_whitespace()).collect();
            assert_eq!(secret.len(), 43);
            assert!(secret.starts_with("-_v7-_v7"), "{secret}");
            let warned = ["geschiedenis", "history"].iter().any(|w| text.contains(w));
            assert!(warned, "{text}");
        }
    }
}
