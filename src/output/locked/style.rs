//! The style of the theme, as it goes into a parcel: screen and paper in one, fonts from the
//! site around it.

use crate::text::base64;
use crate::theme::Theme;

/// From the page of a plan (`p/<plan>/`) to what the theme brings.
const THEME: &str = "../../thema/";

/// The style of pages behind a lock, the same for all readers.
#[derive(Debug)]
pub struct Style {
    css: String,
    /// The same as JSON, as it stands in every parcel.
    pub(super) json: String,
}

impl Style {
    /// Makes the style of a theme. `alone`: with the fonts in it, for a file that travels
    /// without the site.
    pub fn new(theme: &Theme, alone: bool) -> Style {
        let css = style(theme, alone);
        let json = serde_json::Value::from(css.as_str()).to_string();
        Style { css, json }
    }

    /// Returns it as a theme writes it.
    pub fn css(&self) -> &str {
        &self.css
    }
}

fn style(theme: &Theme, alone: bool) -> String {
    let files = theme.assets();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let text = |path: &str| {
        find(path).map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
    };
    let address = |typed: &str| match typed.strip_prefix("../") {
        Some(path) if path.starts_with("font/") && !alone => {
            Some(format!("{THEME}{path}"))
        }
        Some(path) => find(path).map(|file| data(path, &file.bytes)),
        None => None,
    };
    let screen = text("css/screen.css").unwrap_or_default();
    let print = text("css/print.css").unwrap_or_default();
    with_addresses(&format!("{screen}\n@media print{{\n{print}\n}}\n"), address)
}

/// A file of the theme that stands in the style itself: nothing is asked of anybody.
fn data(path: &str, bytes: &[u8]) -> String {
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
    format!("data:{kind};base64,{}", base64(bytes))
}

/// Puts other addresses in the place of those in `url(…)`; what has none leads nowhere.
fn with_addresses(css: &str, address: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + "url(".len());
        out.push_str(before);
        let Some(end) = after.find(')') else {
            rest = after;
            break;
        };
        let typed = after[..end].trim().trim_matches(['"', '\'']);
        let kept = typed.starts_with("data:") || typed.starts_with('#');
        let new = if kept { Some(typed.to_string()) } else { address(typed) };
        out.push('"');
        out.push_str(&new.unwrap_or_default().replace('"', "%22"));
        out.push('"');
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_by_the_page_of_the_plan() {
        let address = |typed: &str| typed.strip_prefix("../").map(|it| format!("X/{it}"));
        let css = "a{src:url(../font/a.woff2) format(\"w\")}b{c:url( 'https://x.nl/' )}";
        assert_eq!(
            with_addresses(css, address),
            "a{src:url(\"X/font/a.woff2\") format(\"w\")}b{c:url(\"\")}"
        );
        assert_eq!(with_addresses("a{b:url(", address), "a{b:url(");
        assert_eq!(with_addresses("a:url(#x)", address), "a:url(\"#x\")");
    }

    #[test]
    fn the_style_of_the_theme_is_whole() {
        let (theme, _) = Theme::load("verbinden", None);
        let alone = style(&theme, true);
        assert!(alone.contains("url(\"data:font/woff2;base64,"));
        assert!(!alone.contains("thema/"), "it asks nothing of the site");
        let style = style(&theme, false);
        assert!(style.contains("\"../../thema/font/atkinson-400.woff2\""));
        assert!(style.contains("@media print{\n"));
        assert!(!style.contains("url(../"), "no address was left as it was");
    }
}
