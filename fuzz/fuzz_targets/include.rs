//! Three texts that include one another, in every direction, also in circles.

#![no_main]

use boekje::load::read_bytes;
use libfuzzer_sys::fuzz_target;

#[path = "../places.rs"]
mod places;

fuzz_target!(|texts: (&str, &str, &str)| {
    let (a, b, c) = texts;
    let with = |text: &str, one: &str, other: &str| {
        format!("{text}\n\n[[invoegen: {one}]]\n\n> [[invoegen: {other}]]\n")
    };
    let plan = format!("soort: plan\nlezers: gezin\n\n{}", with(a, "delen/b", "delen/c"));
    places::check(&read_bytes(&[
        ("delen/b.md", with(b, "delen/c", "b").as_bytes()),
        ("delen/c.md", with(c, "../plannen/a.md", "b.md").as_bytes()),
        ("plannen/a.md", plan.as_bytes()),
    ]));
});
