//! How large a drawing is: from its width, height and view box.
//!
//! Entry: [`size`].

/// What browsers take when a drawing says nothing.
const DEFAULT: (f64, f64) = (300.0, 150.0);
/// The longest side we say; a page lays it out smaller anyway.
const MAX_SIDE: f64 = 30_000.0;

/// Width and height in CSS pixels, at least 1.
pub(super) fn size(
    width: Option<&str>,
    height: Option<&str>,
    view_box: Option<&str>,
) -> (u32, u32) {
    let width = width.and_then(length);
    let height = height.and_then(length);
    let view = view_box.and_then(view);
    let (w, h) = match (width, height, view) {
        (Some(w), Some(h), _) => (w, h),
        (Some(w), None, Some((vw, vh))) => (w, w * vh / vw),
        (None, Some(h), Some((vw, vh))) => (h * vw / vh, h),
        (None, None, Some(view)) => view,
        (w, h, None) => (w.unwrap_or(DEFAULT.0), h.unwrap_or(DEFAULT.1)),
    };
    (pixels(w), pixels(h))
}

/// The view box that a drawing without one has; it lets a page make the drawing smaller
/// instead of cutting it off.
pub(super) fn view_box(width: Option<&str>, height: Option<&str>) -> Option<String> {
    Some(format!("0 0 {} {}", length(width?)?, length(height?)?))
}

/// A length in CSS pixels. A percentage is of the page, so it says nothing here.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text
        .find(|c: char| c.is_ascii_alphabetic() && c != 'e' && c != 'E' || c == '%')
        .unwrap_or(text.len());
    // An `e` may belong to `em` as well as to `1e3`.
    let (number, unit) = match text.strip_suffix("em").or(text.strip_suffix("ex")) {
        Some(number) => (number, "em"),
        None => text.split_at_checked(end)?,
    };
    let scale = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" | "em" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        "q" => 96.0 / 101.6,
        _ => return None,
    };
    let value = number.trim().parse::<f64>().ok()? * scale;
    (value.is_finite() && value > 0.0).then_some(value)
}

fn view(text: &str) -> Option<(f64, f64)> {
    let mut numbers = text
        .split(|c: char| c == ',' || c.is_ascii_whitespace())
        .filter(|part| !part.is_empty())
        .map(str::parse::<f64>);
    let (_x, _y) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let (w, h) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let good = w.is_finite() && h.is_finite() && w > 0.0 && h > 0.0;
    good.then_some((w, h))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn pixels(length: f64) -> u32 {
    length.round().clamp(1.0, MAX_SIDE) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_says_nothing_is_300_by_150() {
        assert_eq!(size(None, None, None), (300, 150));
        assert_eq!(size(Some("100%"), Some("auto"), None), (300, 150));
        assert_eq!(size(None, None, Some("0 0 0 10")), (300, 150));
    }

    #[test]
    fn width_and_height_come_before_the_view_box() {
        assert_eq!(size(Some("40"), Some("20px"), Some("0 0 9 9")), (40, 20));
        assert_eq!(size(Some("210mm"), Some("297mm"), None), (794, 1123));
        assert_eq!(size(Some("2em"), Some("1e2"), None), (32, 100));
        assert_eq!(size(Some("100"), None, Some("0,0,20,10")), (100, 50));
        assert_eq!(size(None, Some("100%"), Some("-5 -5 64.4 32")), (64, 32));
    }

    #[test]
    fn odd_numbers_do_no_harm() {
        assert_eq!(size(Some("NaN"), Some("-3"), None), (300, 150));
        assert_eq!(size(Some("1e99"), Some("0.1"), None), (30_000, 1));
        assert_eq!(size(Some("inf"), Some("é"), Some("a b c d")), (300, 150));
    }
}
