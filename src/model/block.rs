//! What stands between two headings.

use super::{Audience, Inline, Key, PictureId, Status};
use crate::lang::Lang;
use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A block of text, with where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in its source.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside a quote, list or cell: shown as a strong line, it is no part of
    /// the contents of the page.
    Subhead(Vec<Inline>),
    /// `>`: somebody's own words when there is a voice.
    Quote {
        /// Who says it.
        voice: Option<Box<Voice>>,
        /// What is said.
        blocks: Vec<Block>,
    },
    /// `> **Let op:** …` or `> [!TIP]`.
    Callout {
        /// Which of the set.
        callout: Callout,
        /// The label as typed, without colon; empty: use the word of the language.
        label: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
        /// Whether items stand close together.
        tight: bool,
    },
    /// Terms with their explanation (`Term` newline `: explanation`).
    Definitions(Vec<Definition>),
    /// A block of code, literally.
    Code {
        /// The word after the fence.
        language: String,
        /// The text.
        text: String,
    },
    /// A table.
    Table(Box<Table>),
    /// A picture that stands alone, with its caption.
    Figure {
        /// [`super::Text::pictures`] at this number.
        picture: PictureId,
        /// Caption below it; may be empty.
        caption: Vec<Inline>,
    },
    /// Blocks that differ from what is around them in language or audience.
    Group {
        /// Their language, when it differs.
        lang: Option<Box<Lang>>,
        /// Who may read them.
        audience: Audience,
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// `---`.
    Rule,
    /// `[[nieuwe bladzijde]]`.
    PageBreak,
    /// Lines of `Kenmerk: waarde` inside a part (under a goal, say).
    Attributes(Vec<Attribute>),
    /// Agreements, from a table or from a list.
    Agreements {
        /// Titles of the other columns, in order; each agreement's `other` goes by it.
        columns: Vec<Vec<Inline>>,
        /// The agreements.
        list: Vec<Agreement>,
    },
    /// People who take part.
    People(Vec<Person>),
    /// Dated lines: the log, the days to look back.
    Entries(Vec<Entry>),
}

/// Who says a quote: `— Noor, jongere`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Where the line stands.
    pub span: Span,
    /// The name, as typed.
    pub name: String,
    /// The role as typed, may be empty.
    pub role: String,
    /// Where the role stands.
    pub role_span: Span,
}

/// The set of callouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Callout {
    /// Let op, belangrijk; `[!WARNING]`, `[!CAUTION]`, `[!IMPORTANT]`.
    Attention,
    /// Probeer eens; `[!TIP]`.
    Try,
    /// Liever niet.
    RatherNot,
    /// Vraag.
    Question,
    /// Voorbeeld; `[!NOTE]`.
    Example,
    /// Geleerd.
    Learned,
    /// Crisis.
    Crisis,
}

impl Callout {
    /// All of them.
    pub const ALL: [Callout; 7] = [
        Callout::Attention,
        Callout::Try,
        Callout::RatherNot,
        Callout::Question,
        Callout::Example,
        Callout::Learned,
        Callout::Crisis,
    ];
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where it stands.
    pub span: Span,
    /// `Some(true)` for `[x]`, `Some(false)` for `[ ]`.
    pub done: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A term and its explanations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means, one or more.
    pub meanings: Vec<Vec<Block>>,
}

/// A table; every row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Column titles.
    pub head: Vec<Cell>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
    /// How each column is aligned.
    pub align: Vec<Align>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub content: Vec<Inline>,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// Not said.
    None,
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// A line `Kenmerk: waarde` under a heading, in a goal or under a list item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Where the whole line stands.
    pub span: Span,
    /// Which key; `None` for one we do not know (then `name` says what was typed).
    pub key: Option<Key>,
    /// The key as typed.
    pub name: String,
    /// The value.
    pub value: Vec<Inline>,
}

/// An agreement: who does what, when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Agreement {
    /// Where it stands.
    pub span: Span,
    /// Who takes it on.
    pub who: Vec<Inline>,
    /// What is agreed.
    pub what: Vec<Inline>,
    /// When; free text.
    pub when: Vec<Inline>,
    /// How we notice that it works.
    pub notice: Vec<Inline>,
    /// How it stands; the words as typed are kept in `status_typed`.
    pub status: Option<Status>,
    /// The status as typed.
    pub status_typed: Vec<Inline>,
    /// What was learned.
    pub learned: Vec<Inline>,
    /// Other columns or attributes, by `columns` of the block.
    pub other: Vec<Vec<Inline>>,
    /// Further blocks under the list item.
    pub more: Vec<Block>,
}

/// Someone who takes part: `- Noor, 14 jaar`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Where the line stands.
    pub span: Span,
    /// The name, up to comma, colon or dash.
    pub name: String,
    /// The rest.
    pub note: Vec<Inline>,
    /// Further blocks under the item.
    pub more: Vec<Block>,
}

/// A dated line: `- 18 april 2026: wandelen gestopt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where the line stands.
    pub span: Span,
    /// The day, when it could be read.
    pub date: Option<Date>,
    /// The day as typed; empty when the line has none.
    pub date_typed: String,
    /// What happened.
    pub what: Vec<Inline>,
    /// Further blocks under the item.
    pub more: Vec<Block>,
}
