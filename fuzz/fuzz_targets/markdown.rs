//! Any text as the Markdown of a tip and of a plan, with a glossary beside it.

#![no_main]

use boekje::load::read_bytes;
use libfuzzer_sys::fuzz_target;

#[path = "../places.rs"]
mod places;

fuzz_target!(|text: &str| {
    let tip = format!("titel: Tip\nsoort: tip\n\n{text}");
    let plan = format!("titel: Plan\nsoort: plan\nlezers: gezin, school\n\n{text}");
    places::check(&read_bytes(&[
        ("plannen/plan.md", plan.as_bytes()),
        ("tips/tip.md", tip.as_bytes()),
    ]));
});
