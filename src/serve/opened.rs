//! Looking as a reader, behind their lock: the pages that are sealed for them, in the order
//! and the style in which they travel, shown by the same script as on the site. A file that
//! comes along has an address here instead of a seal.

use super::OWN;
use super::answer::{Answer, HTML, kind_of};
use super::eyes::Eyes;
use super::guard::{Ask, Refusal};
use super::{json, pages};
use crate::pipeline::Live;
use crate::problem::Problem;
use crate::text::Address;

/// Below it stand the files that come along: `/_boekje/as/school/_along/beeld/a.webp`.
const ALONG: &str = "_along/";

/// From the page with a lock to the theme, as the style says it; here the theme is at the top.
const THEME: (&str, &str) = ("../../thema/", "/thema/");

/// Answers for a page or a file behind a lock of this reader; `None` for everything else.
pub(super) fn answer(
    live: &Live<'_>,
    eyes: &Eyes,
    path: &str,
    ask: &Ask,
    mark: &str,
) -> Option<Result<Answer, Problem>> {
    let reader = eyes.reader()?;
    if let Some(file) = path.strip_prefix(ALONG) {
        let address = Address::new(file);
        let made = live.opened_file(reader, &address);
        let answer = made.map(|bytes| Answer::new(kind_of(&address), bytes));
        return Some(Ok(answer.unwrap_or_else(|| Answer::refused(Refusal::Missing))));
    }
    if !path.ends_with(".html") {
        return None;
    }
    let top = format!("/{OWN}/as/{}/{ALONG}", Address::new(reader).escaped());
    let place = |address: &Address| format!("{top}{}", address.escaped());
    let made = live.opened(reader, &Address::new(path), place)?;
    Some(made.map(|mut bundle| {
        let style = bundle["css"].as_str().unwrap_or_default().replace(THEME.0, THEME.1);
        bundle["css"] = style.into();
        let html = shell(&json(&bundle));
        pages::page(HTML, html.into_bytes(), ask, mark)
    }))
}

/// Returns a page that shows a bundle. JSON cannot end its element.
fn shell(bundle: &str) -> String {
    let bundle = bundle.replace('<', "\\u003c");
    format!(
        "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>boekje</title>\n</head>\n<body>\n<div id=\"_boekje-open\"></div>\n\
         <script type=\"application/json\" id=\"_boekje-bundle\">{bundle}</script>\n\
         <script src=\"/{OWN}/open.js\" defer></script>\n</body>\n</html>\n"
    )
}
