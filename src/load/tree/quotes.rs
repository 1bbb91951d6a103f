//! Quotes: who speaks, and callouts.

use super::prepared::Prepared;
use crate::kind::words::read_callout;
use crate::model::{Block, BlockKind, Callout, Inline, InlineKind, Voice, plain};
use crate::text::Span;
use pulldown_cmark::BlockQuoteKind;

/// Makes a quote, with its voice, or a callout.
pub(super) fn finish(
    kind: Option<BlockQuoteKind>,
    mut blocks: Vec<Block>,
    prepared: &Prepared<'_>,
) -> BlockKind {
    if let Some(kind) = kind {
        let callout = match kind {
            BlockQuoteKind::Tip => Callout::Try,
            BlockQuoteKind::Note => Callout::Example,
            BlockQuoteKind::Important
            | BlockQuoteKind::Warning
            | BlockQuoteKind::Caution => Callout::Attention,
        };
        return BlockKind::Callout { callout, label: String::new(), blocks };
    }
    if let Some((callout, label)) = take_label(&mut blocks) {
        return BlockKind::Callout { callout, label, blocks };
    }
    let voice = take_voice(&mut blocks, prepared);
    BlockKind::Quote { voice: voice.map(Box::new), blocks }
}

/// Takes the label off the first paragraph: `**Let op:** …`, or Obsidian's `[!note] …`.
fn take_label(blocks: &mut Vec<Block>) -> Option<(Callout, String)> {
    let Some(Block { kind: BlockKind::Paragraph(items), .. }) = blocks.first_mut() else {
        return None;
    };
    let found = match &items.first()?.kind {
        InlineKind::Strong(inner) => {
            let words = plain(inner);
            let label = words.trim().trim_end_matches([':', '!']).trim_end().to_string();
            let marked = label.len() < words.trim().len();
            let colon = match items.get(1).map(|one| &one.kind) {
                Some(InlineKind::Text(next)) => next.trim_start().starts_with(':'),
                _ => false,
            };
            let callout = read_callout(&label).filter(|_| marked || colon)?;
            items.remove(0);
            if !marked {
                trim_start(items, ':');
            }
            (callout, label)
        }
        InlineKind::Text(text) => {
            let (word, rest) = text.strip_prefix("[!")?.split_once(']')?;
            let callout = read_callout(word)?;
            let label = rest.trim_start_matches(['+', '-']).trim().to_string();
            items.remove(0);
            (callout, label)
        }
        _ => return None,
    };
    trim_start(items, ' ');
    let is_break =
        |one: &Inline| matches!(one.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    while items.first().is_some_and(is_break) {
        items.remove(0);
    }
    if items.is_empty() {
        blocks.remove(0);
    }
    Some(found)
}

/// Takes spaces, and one other character, off the start of a line.
fn trim_start(items: &mut Vec<Inline>, mark: char) {
    let Some(Inline { kind: InlineKind::Text(text), span }) = items.first_mut() else {
        return;
    };
    let trimmed = text.trim_start();
    let trimmed = trimmed.strip_prefix(mark).unwrap_or(trimmed).trim_start();
    let cut = text.len() - trimmed.len();
    if text.len() == (span.end - span.start) as usize {
        span.start += cut as u32;
    }
    *text = trimmed.to_string();
    if text.is_empty() {
        items.remove(0);
    }
}

/// Takes the last line when it says who speaks: `— Noor, jongere`, or `- Noor` alone.
fn take_voice(blocks: &mut Vec<Block>, prepared: &Prepared<'_>) -> Option<Voice> {
    let alone = blocks.len() == 1;
    let last = blocks.last_mut()?;
    match &mut last.kind {
        BlockKind::Paragraph(items) => {
            let is_break = |one: &Inline| {
                matches!(one.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
            };
            let start = items.iter().rposition(is_break).map_or(0, |at| at + 1);
            let line = items.get(start..)?;
            let words = plain(line);
            let name = strip_dash(&words)?;
            if (start == 0 && alone) || !is_name(name) {
                return None;
            }
            let span = line.first()?.span.to(line.last()?.span);
            let voice = voice(name, span, prepared);
            items.truncate(start.saturating_sub(1));
            if start == 0 {
                blocks.pop();
            }
            Some(voice)
        }
        BlockKind::List { start: None, items, .. } if !alone => {
            let [item] = items.as_slice() else { return None };
            let [Block { kind: BlockKind::Paragraph(line), .. }] = item.blocks.as_slice()
            else {
                return None;
            };
            let words = plain(line);
            if item.done.is_some() || !is_name(&words) {
                return None;
            }
            let span = line.first()?.span.to(line.last()?.span);
            let voice = voice(strip_dash(&words).unwrap_or(&words), span, prepared);
            blocks.pop();
            Some(voice)
        }
        _ => None,
    }
}

fn strip_dash(words: &str) -> Option<&str> {
    let words = words.trim_start();
    ["—", "–", "---", "--", "―"].iter().find_map(|dash| words.strip_prefix(dash))
}

/// A name is short, and no sentence.
fn is_name(words: &str) -> bool {
    let words = words.trim();
    let count = words.split_whitespace().count();
    (1..=12).contains(&count) && !words.ends_with(['?', '!', ':', ';'])
}

/// Between a name and a role; Arabic has a comma of its own.
const COMMAS: [char; 2] = [',', '،'];

/// Splits name and role; finds the role's place by its comma in the source.
fn voice(words: &str, span: Span, prepared: &Prepared<'_>) -> Voice {
    let (name, role) = words.split_once(COMMAS).unwrap_or((words, ""));
    let mut role_span = Span { start: span.end, ..span };
    if !role.trim().is_empty() {
        let typed = prepared.typed(span);
        if let Some((before, rest)) = typed.split_once(COMMAS) {
            let mark = typed.len() - before.len() - rest.len();
            let blank = rest.len() - rest.trim_start().len();
            role_span.start = span.start + (before.len() + mark + blank) as u32;
        }
    }
    Voice { span, name: name.trim().into(), role: role.trim().into(), role_span }
}
