//! The net under the block at the top: lines that say who may read a text, and that were
//! not read as its keys.
//!
//! [`cast`] is the entry. Families type their keys in a list, in a table, below the text,
//! between other dashes, without a colon. What such a line says is read in `kind::signs`;
//! here is decided where it counts. It only ever closes, never opens: a text with such a
//! line becomes a draft, with P10 at the line (P15 at a key with nothing behind it); unless its own keys say all it needs.
//!
//! Not looked at: quotes (but one of nothing but keys at the very top), comments, blocks of code (but one at the very top, without keys
//! above it), and in a plan what stands below a heading: there a wish is for that part,
//! and `tree::audience` reads it.

use super::fields::Top;
use super::rows::{Look, Row, rows};
use crate::kind::headings::plan_role;
use crate::kind::signs::{self, Sign};
use crate::kind::{
    clothes, find_key, packed, people, planners, tellers, words::read_yes,
};
use crate::model::{Field, Key, Kind, Role, Value};
use crate::problem::{Code, Problem};
use crate::text::{SourceId, Span, TextPath, fold, lines_of};
use std::ops::Range;

/// How many lines with words from the top still count as the top.
const TOP: usize = 15;

/// Most lines we name in one text.
const MOST: usize = 5;

/// Longest first line that may be a title, in bytes.
const LONGEST_TITLE: usize = 100;

/// Longest part of a line in a message, in characters.
const SHOWN: usize = 60;

/// Casts the net under a text: may make a draft of it, or a story or plan when its keys
/// say so.
pub(super) fn cast(source: SourceId, text: &str, path: &TextPath, top: &mut Top) {
    if top.kind == Kind::Site {
        return;
    }
    let about_plan = names_plan(text, path, top);
    take_plan(about_plan, top);
    take_looks(about_plan, text, top);
    take_teller(source, text, path, top);
    // A draft needs no net.
    let draft = top.fields.get(Key::Draft);
    if draft.is_some_and(|field| field.value != Value::Yes(false)) {
        return;
    }
    let hollow = std::mem::take(&mut top.hollow);
    let mut caught: Vec<(Range<usize>, Sign)> =
        hollow.iter().map(|range| (range.clone(), Sign::Inside)).collect();
    caught.append(&mut top.packed);
    for range in std::mem::take(&mut top.loose) {
        let line = text.get(range.clone()).unwrap_or_default();
        caught.extend(signs::read(line, true).map(|sign| (range, sign)));
    }
    let rows = rows(text, top);
    caught.extend(below(text, top, &rows));
    caught.extend(title(text, top).map(|range| (range, Sign::Inside)));
    caught.extend(answer(text, &rows).map(|range| (range, Sign::Inside)));
    if caught.is_empty() {
        top.problems.extend(unread(source, text, top.kind, &rows));
    }
    let mut named = 0;
    for (range, sign) in caught {
        if !counts(sign, about_plan, top) {
            continue;
        }
        let span = Span::new(source, range.clone());
        let code = if hollow.contains(&range) { Code::P15 } else { Code::P10 };
        if named < MOST {
            let shown: String = text[range].trim().chars().take(SHOWN).collect();
            top.problems.push(Problem::at(code, span).with("x", shown));
        }
        named += 1;
        if named == 1 {
            keep(span, top);
        }
    }
}

/// Returns where a title keeps its text inside: the key, or the first heading.
fn title(text: &str, top: &Top) -> Option<Range<usize>> {
    let field = top.fields.get(Key::Title).map(|field| field.value_span.range());
    let range = field.or_else(|| {
        let (mut at, mut first) = (top.body, None);
        let heading = lines_of(&text[top.body..]).find_map(|line| {
            let start = at;
            at += line.len();
            let range = start..start + line.trim_end().len();
            // A first line alone is a title too.
            if first.is_none() && !line.trim().is_empty() {
                let below = text[at..].lines().next().unwrap_or_default();
                first = Some(below.trim().is_empty().then(|| range.clone()));
            }
            line.starts_with("# ").then_some(range)
        });
        heading.or(first.flatten().filter(|range| range.len() <= LONGEST_TITLE))
    })?;
    let words = text.get(range.clone())?.trim_start_matches(['#', ' ']);
    signs::title_closes(words).then_some(range)
}

/// Returns where the answer below a heading that asks for the yes is a no.
fn answer(text: &str, rows: &[Row]) -> Option<Range<usize>> {
    let mut said = rows.iter().filter(|row| row.look != Look::Blank).peekable();
    while let Some(row) = said.next() {
        let next = said.peek().map(|next| next.range.clone());
        if matches!(row.look, Look::Heading(_)) && is_consent(&row.words) {
            let words =
                next.clone().and_then(|range| text.get(range)).unwrap_or_default();
            let short = clothes::is_short(words);
            if short
                && signs::says(words.trim_matches(['>', ' ', '*', '-'])) == Some(false)
            {
                return next;
            }
        }
    }
    None
}

fn is_consent(words: &str) -> bool {
    let key = words.trim_end_matches([':', '?', ' ']);
    find_key(key).is_some_and(|row| row.key == Key::Consent)
}

/// Makes a draft of a text.
fn keep(span: Span, top: &mut Top) {
    let (key, value) = (Key::Draft, Value::Yes(true));
    top.fields.list.retain(|field| field.key != key);
    top.fields.list.push(Field { key, key_span: span, value_span: span, value });
}

/// Makes a draft of a text whose name, or that of its folder, says that it stays inside
/// (P12).
pub(super) fn closed(source: SourceId, name: &str, top: &mut Top) {
    let draft = top.fields.get(Key::Draft);
    if draft.is_some_and(|field| field.value != Value::Yes(false)) {
        return;
    }
    let span = Span::new(source, 0..0);
    top.problems.push(Problem::at(Code::P12, span).with("x", name));
    keep(span, top);
}

/// `voor: gezin` at the top of a page or a story: not for everybody (P09). In a tip it
/// says whom the tip is meant for, unless it shuts others out; in a plan who reads its
/// parts.
pub(super) fn readers(source: SourceId, text: &str, top: &mut Top) {
    if top.kind == Kind::Plan {
        return;
    }
    let Some(field) = top.fields.get(Key::For) else { return };
    let value = text.get(field.value_span.range()).unwrap_or_default();
    let keeps = match top.kind {
        Kind::Tip | Kind::Tips => people::shuts_out(value),
        _ => people::keeps(value, false),
    };
    if keeps {
        let span = Span::new(source, field.key_span.range());
        let problem = Problem::at(Code::P09, span).with("h", "").with("g", value);
        keep(span, top);
        top.problems.push(problem);
    }
}

/// Tells whether the title, the name or the folder speaks of a plan.
fn names_plan(text: &str, path: &TextPath, top: &Top) -> bool {
    let heading = text[top.body..].lines().find(|line| line.starts_with('#'));
    [top.fields.text(Key::Title), heading, Some(path.as_str())]
        .into_iter()
        .flatten()
        .any(signs::names_plan)
}

/// A page with the keys of a plan is a plan.
fn take_plan(about_plan: bool, top: &mut Top) {
    let fields = &top.fields;
    let readers = fields.list(Key::Readers);
    let some = !readers.is_empty() && !readers.iter().any(|(group, _)| everyone(group));
    let has = |key| fields.get(key).is_some();
    let own = [Key::Of, Key::Coordinator, Key::ReviewOn];
    let two = own.into_iter().filter(|key| has(*key)).count() > 1;
    let plan = some || two || has(Key::Plan) || (has(Key::Of) && about_plan);
    if plan && matches!(top.kind, Kind::Page | Kind::Tip | Kind::Tips) {
        top.kind = Kind::Plan;
    }
}

/// A text that names a plan and has its headings, with people below theirs, is a plan,
/// unless it says what it is; also one that lies among the tips. With three of its headings
/// and a list of people it needs no name, with a name and three of them no list.
fn take_looks(about_plan: bool, text: &str, top: &mut Top) {
    let kinds = [Kind::Page, Kind::Tip, Kind::Tips];
    if !kinds.contains(&top.kind) || top.fields.get(Key::Kind).is_some() {
        return;
    }
    let (mut roles, mut people) = (Vec::new(), false);
    let (mut fence, mut last) = (false, Role::Free);
    let lines = lines_of(&text[top.body..]).map(str::trim);
    for line in lines.filter(|line| !line.is_empty()) {
        fence ^= line.starts_with("```") || line.starts_with("~~~");
        if fence {
            continue;
        }
        let item = line.starts_with(['-', '+', '•']) || line.starts_with("* ");
        people |= last == Role::People && item;
        last = heading_role(line).unwrap_or(if item { last } else { Role::Free });
        if !matches!(last, Role::Free | Role::ForPlace) && !roles.contains(&last) {
            roles.push(last);
        }
    }
    let looks = match about_plan {
        true => (people && roles.len() > 1) || roles.len() > 2,
        false => people && roles.len() > 2,
    };
    if looks {
        top.kind = Kind::Plan;
    }
}

/// Returns what a heading of a plan says: `## Zorgen`, `**Zorgen**`, or the words alone, as
/// somebody types them who knows no marks.
fn heading_role(line: &str) -> Option<Role> {
    const LONGEST: usize = 60;
    let words = line.trim_matches(['#', ' ', '*', '_', ':']);
    let marked =
        line.starts_with('#') || line.starts_with("**") || line.starts_with("__");
    if !marked && (line.len() > LONGEST || line.ends_with(['.', ',', '!'])) {
        return None;
    }
    let role = plan_role(words, Role::Free);
    (marked || role != Role::Free).then_some(role)
}

/// A page whose title or name says whose story or plan it is, is one (P13, P16), unless it
/// says what it is.
fn take_teller(source: SourceId, text: &str, path: &TextPath, top: &mut Top) {
    if top.kind != Kind::Page || top.fields.get(Key::Kind).is_some() {
        return;
    }
    let heading = text[top.body..].lines().find_map(|line| line.strip_prefix("# "));
    let titles = [top.fields.text(Key::Title), heading, Some(path.stem())];
    let named = |names: fn(&str) -> bool| {
        titles.into_iter().flatten().find(|title| names(title)).map(|title| {
            let shown: String = title.trim().chars().take(SHOWN).collect();
            shown
        })
    };
    let found = match (named(tellers::names), named(planners::names)) {
        (Some(title), _) => (Kind::Story, Code::P13, title),
        (None, Some(title)) => (Kind::Plan, Code::P16, title),
        (None, None) => return,
    };
    let (kind, code, title) = found;
    top.kind = kind;
    top.problems.push(Problem::at(code, Span::new(source, 0..0)).with("x", title));
}

fn everyone(group: &str) -> bool {
    matches!(fold(group.trim()).as_str(), "iedereen" | "everyone" | "everybody")
}

/// Tells whether a sign says more than the keys of the text do. A story or a plan whose
/// own keys say yes only becomes what it is.
fn counts(sign: Sign, about_plan: bool, top: &mut Top) -> bool {
    let fields = &top.fields;
    let agreed = fields.text(Key::Consent).and_then(read_yes) == Some(true);
    let open = fields.is_yes(Key::Public) && (agreed || fields.is_yes(Key::Fictional));
    match sign {
        Sign::Inside => true,
        Sign::Owner if !about_plan => false,
        Sign::Plan | Sign::Owner if top.kind == Kind::Plan => false,
        Sign::Plan | Sign::Owner => {
            if open {
                top.kind = Kind::Plan;
            }
            !open
        }
        Sign::Story if top.kind == Kind::Story => false,
        Sign::Story => {
            if agreed && top.kind != Kind::Plan {
                top.kind = Kind::Story;
            }
            !(agreed || (top.kind == Kind::Plan && open))
        }
        // A limit we did not read as a key may be the one that has passed.
        Sign::Limit => top.kind != Kind::Story || agreed,
    }
}

/// Returns the lines below the block at the top that are a sign.
fn below(text: &str, top: &Top, rows: &[Row]) -> Vec<(Range<usize>, Sign)> {
    let prose = |row: &Row| row.look == Look::Prose;
    let first_prose = rows.iter().position(prose).unwrap_or(rows.len());
    let last_prose = rows.iter().rposition(prose).map_or(0, |at| at + 1);
    let phrases = !matches!(top.kind, Kind::Words | Kind::Voices | Kind::Sources);
    let by_part = matches!(top.kind, Kind::Plan | Kind::Tips);
    let mut found = Vec::new();
    let (mut words, mut parts, mut start) = (0, 0, 0);
    // Whether a heading, with nothing but keys below it, stands above the line.
    let mut under = false;
    for group in rows.split(|row| row.look == Look::Blank) {
        let keys = !group.iter().any(prose);
        for (at, row) in group.iter().enumerate() {
            let head = start + at < first_prose;
            let tail = start + at >= last_prose;
            match row.look {
                Look::Heading(level) if level > 1 => parts += 1,
                Look::Rule => continue,
                _ => {}
            }
            words += 1;
            let near = head || (!row.table && (tail || (keys && words <= TOP)));
            let first_part = head && parts == 1;
            let own_part = parts > 0 && (by_part || (under && !first_part));
            let line = &text[row.range.clone()];
            let place = Place { near, head, phrases, own_part };
            // `Voor:` below a heading is always about that part.
            let for_part = || parts > 0 && is_for(&row.words);
            if let Some(sign) = sign(line, row, place).filter(|_| !for_part()) {
                found.push((row.range.clone(), sign));
            }
            under = match row.look {
                Look::Heading(level) => level > 1,
                Look::Prose => false,
                _ => under,
            };
        }
        start += group.len() + 1;
    }
    found
}

/// Keys that nobody means as words of the text when they stand above its first sentence.
const PLAIN: [Key; 9] = [
    Key::Title,
    Key::Subtitle,
    Key::Summary,
    Key::Theme,
    Key::Language,
    Key::Voices,
    Key::Series,
    Key::Image,
    Key::Slug,
];

/// K17 for the first line above all sentences that reads as a key and was not read as one.
fn unread(source: SourceId, text: &str, kind: Kind, rows: &[Row]) -> Option<Problem> {
    if matches!(kind, Kind::Words | Kind::Voices | Kind::Sources | Kind::Booklet) {
        return None;
    }
    let head = rows.iter().take_while(|row| {
        !matches!(row.look, Look::Prose | Look::Heading(2..)) && !row.item && !row.table
    });
    head.filter(|row| row.look == Look::Key).find_map(|row| {
        let (key, value) = clothes::split(&row.words)?;
        let of_story = kind == Kind::Story;
        find_key(key).filter(|row| {
            PLAIN.contains(&row.key) || (of_story && row.key == Key::Consent)
        })?;
        let line: String = text[row.range.clone()].trim().chars().take(SHOWN).collect();
        let value: String = value.chars().take(SHOWN).collect();
        let problem = Problem::at(Code::K17, Span::new(source, row.range.clone()));
        let good = format!("{}: {value}", key.to_lowercase());
        (!value.is_empty()).then(|| problem.with("x", line).with("s", good))
    })
}

fn is_for(words: &str) -> bool {
    clothes::split(words).is_some_and(|(key, _)| people::is_for(key))
}

/// Where a line stands.
struct Place {
    /// Where keys stand.
    near: bool,
    /// Before the first sentence.
    head: bool,
    /// Words that stand alone count.
    phrases: bool,
    /// A wish here is for the part it stands in.
    own_part: bool,
}

fn sign(line: &str, row: &Row, place: Place) -> Option<Sign> {
    let Place { near, head, phrases, own_part } = place;
    let read = |near| {
        let short = line.len() <= signs::LONGEST;
        short.then(|| signs::read_bare(&row.words, near)).flatten()
    };
    let keyed = clothes::split(&row.words).is_some();
    let sign = if keyed {
        let tight = near && line.contains(|c| c == '{' || packed::is_line_end(c));
        read(near).max(tight.then(|| packed::read(line)).flatten())
    } else {
        // A point of a list is a word among words, unless nothing stands above it.
        let alone = near && phrases && (!row.item || head) && is_loud(row);
        // What `rows` calls words or a sentence, it has read, and found no sign in it.
        let plain = matches!(row.look, Look::Few | Look::Prose);
        if alone && !plain { read(true) } else { None }
    }?;
    // Under a heading the tree closes that part; somebody's no is for the whole text.
    let consent = fold(line).contains("toestem") || fold(line).contains("consent");
    (!own_part || (sign == Sign::Inside && consent) || sign == Sign::Limit && consent)
        .then_some(sign)
}

/// Words alone in a heading of a part name what it is about, unless they shout.
fn is_loud(row: &Row) -> bool {
    match row.look {
        Look::Heading(2..) => {
            let words = &row.words;
            words.contains(' ') || !words.chars().any(char::is_lowercase)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fields;

    fn top(text: &str, path: &str, kind: Kind) -> Top {
        let path = TextPath::new(path);
        let mut top = fields::read(SourceId(0), text, &path, kind);
        cast(SourceId(0), text, &path, &mut top);
        top
    }

    fn caught(text: &str) -> bool {
        let top = top(text, "a.md", Kind::Page);
        let named = top.problems.iter().any(|one| one.code == Code::P10);
        assert_eq!(named, top.fields.is_yes(Key::Draft), "{text:?}");
        named
    }

    #[test]
    fn keys_that_were_not_read_keep_a_text_inside() {
        for text in [
            "> soort: verhaal\n> toestemming: nee\n\nIk liep weg van huis.\n",
            "\n> **Toestemming:** nee\n\nIk liep weg van huis.\n",
            "titel; x\nsoort: verhaal\ntoestemming: nee\n\nIk liep weg van huis.\n",
            "Dit is van mij.\n\nsoort: verhaal\ntoestemming: nee\n\nIk liep weg.\n",
            "**Soort:** verhaal\n\nIk liep weg van huis.\n",
            "• soort: verhaal\n• verteller: Noor\n\nIk liep weg van huis.\n",
            "- soort: verhaal\n\nIk liep weg van huis.\n",
            "--\nsoort: verhaal\n--\nIk liep weg van huis.\n",
            "___\nsoort: verhaal\n___\nIk liep weg van huis.\n",
            "===\nsoort: verhaal\n===\nIk liep weg van huis.\n",
            "- - -\nsoort: verhaal\n- - -\nIk liep weg van huis.\n",
            "```\nsoort: verhaal\ntoestemming: nee\n```\nIk liep weg van huis.\n",
            "# Titel\n\n---\nsoort: verhaal\ntoestemming: nee\n---\n\nIk liep weg.\n",
            "---\ntitel: a\n---\n\nIk liep weg van huis die dag.\n\n---\nsoort: verhaal\ntoestemming: nee\n---\nEn toen kwam ik weer terug.\n",
            "---\ntitel: a\n---\ntoestemming: nee\n\nIk liep weg van huis.\n",
            "---\ntitel: a\n---\nIk liep weg van huis die dag.\n\nverteller: Noor\n",
            "| toestemming | nee |\n| --- | --- |\n\nIk liep weg van huis.\n",
            "Mijn dag\n\nsoort：verhaal\n\nIk liep weg van huis.\n",
            "Ik liep weg van huis die dag.\n\nconcept: ja\n",
            "CONCEPT\n\nIk liep weg van huis die dag.\n",
            "Ik liep weg van huis die dag.\n\nNIET PUBLICEREN\n",
            "Ik liep weg van huis die dag.\n\n## NIET PUBLICEREN\n",
            "# Mijn dag\n\n**Vertrouwelijk**\n\nIk liep weg van huis die dag.\n",
            "---\ntitel: a\nniet openbaar\ntaal: nl\n---\nIk liep weg.\n",
            "---\nsoort: verhaal\ntoestemming: ja\ntoestemming tot 1 mei 2025\ntitel: a\n---\nIk liep weg.\n",
        ] {
            assert!(caught(text), "{text:?}");
        }
        let text = "---\ntitel: a\n---\nlezers: gezin, school\n\nEen tekst over ons.\n";
        assert!(caught(text));
        assert!(caught("# Ons plan\n\nvan: Noor\n\nEen tekst over ons allemaal.\n"));
    }

    #[test]
    fn slips_in_keys_and_stamps_in_titles_keep_a_text_inside() {
        for text in [
            "---\nlezer: gezin\n---\nEen tekst over ons.\n",
            "---\nlezrs: gezin, oma\n---\nEen tekst over ons.\n",
            "---\nreader: family\n---\nEen tekst over ons.\n",
            "---\ntitel: CONCEPT Nieuwe tekst\n---\nEen tekst over ons.\n",
            "# Mijn tekst (niet publiceren)\n\nEen tekst over ons.\n",
            "# Mijn tekst (concept)\n\nEen tekst over ons.\n",
        ] {
            assert!(caught(text), "{text:?}");
        }
        for text in [
            "---\nlezer: iedereen\n---\nEen tekst over ons.\n",
            "# Wat wij niet gebruiken\n\nEen tekst over ons.\n",
            "# Concept van herstel\n\nEen tekst over ons.\n",
            "# Praten (en luisteren)\n\nEen tekst over ons.\n",
        ] {
            assert!(!caught(text), "{text:?}");
        }
        for text in [
            "Notulen 12 mei (intern, niet op de site!)\n\nEen tekst over ons.\n",
            "# Notulen 12 mei (intern, niet op de site!)\n\nEen tekst over ons.\n",
            "versie 2 - CONCEPT - 3 mei\n\nEen tekst over ons.\n",
            "Vertrouwelijk: niet doorsturen\n\nEen tekst over ons.\n",
            "Hoi Linda, deze mag NIET op de site.\n\nEen tekst over ons.\n",
            "Een tekst over ons allemaal.\n\n## Toestemming\n\nNee\n",
            "Een tekst over ons allemaal.\n\n> Toestemming: nee\n\nEn verder.\n",
            "Een tekst over ons allemaal.\n\nMag niet online\n",
        ] {
            assert!(caught(text), "{text:?}");
        }
        for text in [
            "Een foto van een ander mag niet op de site.\n\nVraag het eerst.\n",
            "Vergadering (intern en extern)\n\nEen tekst over ons.\n",
            "Een tekst over ons.\n\n## Toestemming\n\nNeem de tijd om het te vragen.\n",
            "Vertrouwelijk: nee\n\nEen tekst over ons.\n",
        ] {
            assert!(!caught(text), "{text:?}");
        }
        assert!(caught("---\nkleur: rood\ningetrokken: ja\n---\nEen tekst over ons.\n"));
        for key in ["publiceer: nee", "publiceer: false"] {
            let top = top(&format!("---\n{key}\n---\nTekst.\n"), "a.md", Kind::Page);
            assert!(top.fields.is_yes(Key::Draft), "{key}");
        }
    }

    #[test]
    fn ordinary_texts_go_on() {
        for text in [
            "Toestemming: vraag het altijd eerst.\n\nDan is het goed voor iedereen.\n",
            "# Over ons plan\n\nDit is een gewone tekst over ons plan.\n",
            "Dit leer je hier in de les:\n\n- veilig\n- vertrouwelijk\n- samen praten\n",
            "Zo schrijf je het boven een tekst:\n\n```\nsoort: verhaal\n```\n",
            "Hij zei het hardop.\n\n> concept: ja\n\nDat was het dan voor vandaag.\n",
            "> Hij zei het hardop tegen mij.\n> concept: ja\n\nDat was het voor nu.\n",
            "<!-- concept: ja -->\n\nDit is een gewone tekst over thee.\n",
            "## Vertrouwelijk\n\nWat je zegt blijft onder ons, dat is fijn.\n",
            "---\nsoort: tip\nverteller: Noor\n---\nEen tip over luisteren naar anderen.\n",
        ] {
            assert!(!caught(text), "{text:?}");
        }
        let text = "---\ntoestemming: ja\n---\n\nsoort: verhaal\n\nIk liep weg.\n";
        let top = top(text, "a.md", Kind::Page);
        assert_eq!((top.kind, top.problems.len()), (Kind::Story, 0));
    }

    #[test]
    fn keys_of_a_plan_make_a_plan() {
        let kind = |lines: &str, path| {
            top(&format!("---\n{lines}\n---\nTekst.\n"), path, Kind::Page).kind
        };
        assert_eq!(kind("lezers: gezin", "a.md"), Kind::Plan);
        assert_eq!(kind("van: Noor", "ons-plan.md"), Kind::Plan);
        assert_eq!(kind("titel: Over ons plan", "plan.md"), Kind::Page);
        assert_eq!(kind("titel: Plan van Noor", "a.md"), Kind::Plan);
        assert_eq!(kind("soort: pagina\ntitel: Plan van Noor", "a.md"), Kind::Page);
        assert_eq!(kind("van: Noor", "a.md"), Kind::Page);
        assert_eq!(kind("soort: hulpplan", "a.md"), Kind::Plan);
    }

    #[test]
    fn what_looks_like_a_plan_is_one() {
        let kind = |text: &str| top(text, "a.md", Kind::Page).kind;
        let plan = "# Plan\n\n## Wie doen mee\n\n- Noor, 14 jaar\n- Oma\n\n## Wat gaat goed\n\nWe eten samen.\n";
        assert_eq!(kind(plan), Kind::Plan);
        assert_eq!(kind(&format!("---\nsoort: pagina\n---\n{plan}")), Kind::Page);
        assert_eq!(kind(&plan.replace("- ", "")), Kind::Page);
        assert_eq!(kind(&plan.replace("Wat gaat goed", "Rust")), Kind::Page);
        assert_eq!(kind(&plan.replace("# Plan", "# Feest")), Kind::Page);
        let more = format!("{plan}\n## Zorgen\n\nEen vraag.\n");
        assert_eq!(kind(&more.replace("# Plan", "# Bart")), Kind::Plan);
        assert_eq!(kind(&more.replace("- ", "")), Kind::Plan);
        assert_eq!(kind(&more.replace("## ", "")), Kind::Plan);
        assert_eq!(kind(&more.replace("## Zorgen", "**Zorgen**")), Kind::Plan);
        let tip = top(&more, "tips/a.md", Kind::Tip).kind;
        assert_eq!(tip, Kind::Plan, "also among the tips");
    }

    #[test]
    fn in_a_plan_a_part_closes_itself() {
        let text = "---\nsoort: plan\nopenbaar: ja\nverzonnen: ja\n---\n## Geld\n\nGeheim: ja\n\nOma betaalt.\n\n## Rust\n\nWe wandelen elke dag samen.\n\nVertrouwelijk\n";
        let top = top(text, "a.md", Kind::Page);
        assert!(!top.fields.is_yes(Key::Draft), "{:?}", top.problems);
    }

    proptest::proptest! {
        #[test]
        fn any_text_may_be_caught(text in "(---\n|```\n|<!--|-->|# k\n|## k\n|concept: ja\n|toestemming nee\n|KLAD\n|\\PC{0,12}|\n){0,12}") {
            let top = top(&text, "a.md", Kind::Page);
            for problem in &top.problems {
                if let crate::problem::Where::Span(span) = problem.place {
                    proptest::prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}
