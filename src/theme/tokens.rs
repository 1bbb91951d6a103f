//! `theme.toml` as CSS custom properties, in front of the style of the screen.

use super::look::{Look, Values};
use std::fmt::Write;

/// Returns the block of custom properties: light colours by default, dark ones when the
/// reader's system asks for them (never on paper), and no tints at all for readers who
/// ask for more contrast.
pub(super) fn css(look: &Look) -> String {
    let mut css = String::new();
    let light = [(&look.light, ""), (&look.sizes, ""), (&look.fonts, "font-")];
    rule(&mut css, ":root", &light);
    css.push_str(":root{color-scheme:light dark}\n");
    css.push_str("@media screen and (prefers-color-scheme:dark){");
    rule(&mut css, ":root", &[(&look.dark, "")]);
    css.push_str("}\n@media screen and (prefers-contrast:more){");
    rule(&mut css, ":root", &[(&plain(&look.light, "#ffffff", "#000000"), "")]);
    css.push_str(
        "}\n@media screen and (prefers-contrast:more) and (prefers-color-scheme:dark){",
    );
    rule(&mut css, ":root", &[(&plain(&look.dark, "#000000", "#ffffff"), "")]);
    css.push_str("}\n");
    css
}

fn rule(css: &mut String, selector: &str, sets: &[(&Values, &str)]) {
    css.push_str(selector);
    css.push('{');
    for (values, before) in sets {
        for (name, value) in *values {
            let _ = write!(css, "--{before}{name}:{value};");
        }
    }
    css.push_str("}\n");
}

/// Returns the colours without tints: every surface `paper`, every ink and line `ink`.
/// Links and the focus ring keep theirs: they have contrast enough on either paper.
fn plain(colors: &Values, paper: &str, ink: &str) -> Values {
    let color = |name: &String| match name.as_str() {
        "paper" | "surface" | "sand" => Some(paper),
        name if name.ends_with("-tint") => Some(paper),
        "ink" | "muted" | "line" => Some(ink),
        name if name.ends_with("-ink") => Some(ink),
        _ => None,
    };
    colors
        .keys()
        .filter_map(|name| color(name).map(|value| (name.clone(), value.to_string())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::layer::Layer;

    fn look() -> Look {
        let mut look = Look::default();
        assert_eq!(look.read(&Layer::built_in()), []);
        look
    }

    /// Every theme in the program, as it stands on the one below it.
    fn looks() -> Vec<Look> {
        let on_top = |layer: Layer| {
            let mut look = look();
            assert_eq!(look.read(&layer), [], "{}", layer.name);
            look
        };
        Layer::all_built_in().map(on_top).collect()
    }

    /// Relative luminance, as WCAG 2 defines it.
    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(left: &str, right: &str) -> f64 {
        let (left, right) = (luminance(left), luminance(right));
        (left.max(right) + 0.05) / (left.min(right) + 0.05)
    }

    #[test]
    fn every_text_has_contrast_7_and_every_line_3() {
        let looks = looks();
        assert!(looks.len() > 1);
        for look in &looks {
            assert_eq!(
                look.light.keys().collect::<Vec<_>>(),
                look.dark.keys().collect::<Vec<_>>()
            );
        }
        for colors in looks.iter().flat_map(|look| [&look.light, &look.dark]) {
            let at_least = |least: f64, over: &str, under: &str| {
                let ratio = contrast(&colors[over], &colors[under]);
                assert!(ratio >= least, "{over} on {under}: {ratio:.2}");
            };
            for paper in ["paper", "surface", "sand"] {
                for ink in ["ink", "muted", "link", "visited", "accent"] {
                    at_least(7.0, ink, paper);
                }
                for line in ["line", "focus"] {
                    at_least(3.0, line, paper);
                }
            }
            for tint in colors.keys().filter_map(|name| name.strip_suffix("-tint")) {
                let tint = format!("{tint}-tint");
                for ink in ["ink", "link", "visited", &tint.replace("-tint", "-ink")] {
                    at_least(7.0, ink, &tint);
                }
                for line in ["line", "focus"] {
                    at_least(3.0, line, &tint);
                }
                for paper in ["paper", "surface"] {
                    at_least(3.0, &tint.replace("-tint", "-ink"), paper);
                }
            }
            at_least(7.0, "on-accent", "accent");
            at_least(7.0, "on-exit", "exit");
            at_least(3.0, "exit", "paper");
        }
    }

    #[test]
    fn paper_never_gets_the_dark_colours() {
        let css = css(&look());
        let dark = css.find("prefers-color-scheme:dark").expect("there is a dark scheme");
        assert!(css[..dark].ends_with("@media screen and ("));
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }
}
