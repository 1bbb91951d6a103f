//! What may stay in a drawing: the elements that draw or move, and the attributes
//! they know (SVG 1.1 and 2, Filter Effects, Masking). Words that describe a drawing go:
//! they are not shown, and the page has a description of its own.
//!
//! Entries: [`element`] and [`is_known_attribute`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What happens to an element and all that is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It stays.
    Keep,
    /// It stays, with its text cleaned as a style sheet.
    Style,
    /// It goes: notes of an editor, or nothing a browser draws.
    Note,
    /// It goes, and the writer hears of it: it runs, or shows what lies elsewhere.
    Outside,
}

/// Elements that stay.
const ELEMENTS: &str = "a animate animateMotion animateTransform circle clipPath defs \
    ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix \
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA \
    feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology \
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g \
    line linearGradient marker mask mpath path pattern polygon polyline radialGradient \
    rect set stop svg switch symbol text textPath tspan use view";

/// Elements that run something or show something from elsewhere.
const OUTSIDE: &str = "script handler listener foreignObject iframe image audio video \
    canvas object embed animation discard";

/// Attributes that stay, if their value reaches for nothing outside.
const ATTRIBUTES: &str = "accumulate additive alignment-baseline amplitude \
    attributeName attributeType azimuth baseFrequency baseProfile baseline-shift begin \
    bias by calcMode class clip clip-path clip-rule clipPathUnits color \
    color-interpolation color-interpolation-filters color-rendering cursor cx cy d \
    diffuseConstant direction display divisor dominant-baseline dur dx dy edgeMode \
    elevation enable-background end exponent fill fill-opacity fill-rule filter \
    filterRes filterUnits flood-color flood-opacity font font-family \
    font-feature-settings font-kerning font-size font-size-adjust font-stretch \
    font-style font-variant font-variation-settings font-weight fr from fx fy \
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform \
    gradientUnits height id image-rendering in in2 inline-size intercept isolation k k1 \
    k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes lang \
    lengthAdjust letter-spacing lighting-color limitingConeAngle line-height marker \
    marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask \
    mask-type maskContentUnits maskUnits max media method min mix-blend-mode mode \
    numOctaves offset opacity operator order orient origin overflow overline-position \
    overline-thickness paint-order path pathLength patternContentUnits patternTransform \
    patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha \
    preserveAspectRatio primitiveUnits r radius refX refY repeatCount repeatDur \
    requiredFeatures restart result rotate rx ry scale seed shape-inside \
    shape-margin shape-padding shape-rendering side slope space spacing \
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles \
    stop-color stop-opacity strikethrough-position strikethrough-thickness stroke \
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin \
    stroke-miterlimit stroke-opacity stroke-width style surfaceScale systemLanguage \
    tableValues targetX targetY text-align text-align-all text-anchor \
    text-decoration text-indent text-orientation text-overflow text-rendering \
    textLength to transform transform-box transform-origin type underline-position \
    underline-thickness unicode-bidi values vector-effect version viewBox visibility \
    white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 \
    yChannelSelector z zoomAndPan";

/// The rule for an element of SVG.
pub(super) fn element(name: &str) -> Rule {
    if name == "style" {
        Rule::Style
    } else if ELEMENTS.split_ascii_whitespace().any(|known| known == name) {
        Rule::Keep
    } else if OUTSIDE.split_ascii_whitespace().any(|known| known == name) {
        Rule::Outside
    } else {
        Rule::Note
    }
}

/// Whether an attribute without a prefix may stay.
pub(super) fn is_known_attribute(name: &str) -> bool {
    KNOWN.contains(name)
}

/// Whether an animation may change this attribute: never one that refers or runs.
pub(super) fn is_animated(name: &str) -> bool {
    KNOWN.contains(name) && name != "style"
}

static KNOWN: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| ATTRIBUTES.split_ascii_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_known() {
        assert_eq!(element("path"), Rule::Keep);
        assert_eq!(element("pat"), Rule::Note);
        assert_eq!(element("use view"), Rule::Note);
        assert_eq!(element(""), Rule::Note);
        assert_eq!(element("script"), Rule::Outside);
    }

    #[test]
    fn no_event_and_no_reference_is_in_the_list() {
        assert!(ATTRIBUTES.split_whitespace().all(|name| !name.starts_with("on")));
        for name in ["href", "src", "onclick", "data-name", "data"] {
            assert!(!is_known_attribute(name), "{name}");
        }
    }
}
