//! Colours: pictures leave without a profile, so their colours become sRGB first, which
//! is what browsers take colours for when nothing is said.
//!
//! Entry: [`to_srgb`].

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::canvas::Canvas;

/// The largest profile we read; cameras write a few kilobytes.
const MAX_PROFILE: usize = 4 * 1024 * 1024;

/// Translates the colours when the profile is one for red, green and blue; a profile that
/// cannot be read leaves the colours as they are.
pub(super) fn to_srgb(canvas: Canvas, profile: &[u8]) -> Canvas {
    translated(&canvas, profile).unwrap_or(canvas)
}

fn translated(canvas: &Canvas, profile: &[u8]) -> Option<Canvas> {
    if profile.len() > MAX_PROFILE {
        return None;
    }
    let from = ColorProfile::new_from_slice(profile).ok()?;
    let srgb = ColorProfile::new_srgb();
    if from.color_space != DataColorSpace::Rgb || is_like(&from, &srgb) {
        return None;
    }
    let layout = match canvas {
        Canvas::Opaque(_) => Layout::Rgb,
        Canvas::Alpha(_) => Layout::Rgba,
    };
    let change = from
        .create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
        .ok()?;
    let mut samples = vec![0; canvas.samples().len()];
    change.transform(canvas.samples(), &mut samples).ok()?;
    canvas.with_samples(samples)
}

/// Whether the primaries are those of sRGB: then a translation would only add noise.
fn is_like(one: &ColorProfile, other: &ColorProfile) -> bool {
    let near = |a: moxcms::Xyzd, b: moxcms::Xyzd| {
        (a.x - b.x).abs() < 0.002
            && (a.y - b.y).abs() < 0.002
            && (a.z - b.z).abs() < 0.002
    };
    one.lut_a_to_b_perceptual.is_none()
        && near(one.red_colorant, other.red_colorant)
        && near(one.green_colorant, other.green_colorant)
        && near(one.blue_colorant, other.blue_colorant)
}
