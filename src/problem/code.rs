//! The list of codes: one row per problem, with its severity.

use serde::{Deserialize, Serialize};

/// How serious a problem is; the order is from quiet to serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Shown only with `--all`.
    Quiet,
    /// A hint; nothing is held back.
    Hint,
    /// Built, with a safe fallback.
    HeadsUp,
    /// That part is withheld; the rest is built.
    Stop,
}

impl Severity {
    /// Returns the name in machine output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Quiet => "quiet",
            Severity::Hint => "hint",
            Severity::HeadsUp => "heads-up",
            Severity::Stop => "stop",
        }
    }
}

macro_rules! codes {
    ($($code:ident $severity:ident $what:literal;)*) => {
        /// The name of a problem: a letter for the family (B file, K key, V consent,
        /// P privacy, A agreement, L link, I picture, S structure, T language, M theme,
        /// D booklet, R reader)
        /// and a number that never changes meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $what] $code,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// Returns the name people see.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// Returns how serious this problem is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    A01 Hint "An agreement without who.";
    A02 Hint "Stopped or changed, without what was learned.";
    A03 Hint "A status word we do not know.";
    A04 Hint "The day to look back has passed.";
    B01 Quiet "Byte order mark.";
    B02 Hint "Windows-1252 text.";
    B03 Hint "UTF-16 text.";
    B04 HeadsUp "A character that cannot be read.";
    B05 Hint "Empty file.";
    B06 HeadsUp "A second version made by a sync program.";
    B07 HeadsUp "Two files want one address.";
    B08 HeadsUp "A file that cannot be opened.";
    B09 HeadsUp "A file that is no text, or is far too large.";
    B10 Hint "A document that is not read.";
    B11 HeadsUp "Two texts that are mostly the same.";
    B12 HeadsUp "Letters that changed on their way.";
    B13 HeadsUp "A text that wants the address of a page of our own.";
    B14 HeadsUp "Two files with one name, its accents saved in two ways.";
    D01 HeadsUp "A booklet that could not be made.";
    D02 Hint "A form of the booklet we do not know.";
    D03 Hint "Pictures to share, and no address of the site.";
    I01 HeadsUp "A picture without description.";
    I02 HeadsUp "A picture that is not there.";
    I03 HeadsUp "A picture browsers do not know (HEIC).";
    I04 HeadsUp "A broken picture.";
    I05 HeadsUp "A picture on another website.";
    I06 HeadsUp "A picture too large to open safely.";
    I07 Hint "A drawing (SVG) with a script or an outside reference, cleaned.";
    I08 HeadsUp "A file that goes out as it is.";
    I09 HeadsUp "A link to a file of a sort that stays inside.";
    I10 HeadsUp "A link to a file in a place that stays inside.";
    K01 Hint "A key with a slip of the finger.";
    K02 Hint "A key we do not know.";
    K03 Hint "The block of keys has no end.";
    K04 Quiet "The dashes were changed by an editor.";
    K05 Hint "A day that is not on the calendar.";
    K06 Hint "A date with two readings.";
    K07 Hint "Not a number.";
    K08 HeadsUp "A number that is taken.";
    K09 Hint "A voice we do not know.";
    K10 Hint "A yes-or-no key with another word.";
    K11 Hint "The same key twice.";
    K12 Hint "A language we do not know.";
    K13 Hint "A kind we do not know.";
    K14 HeadsUp "A yes or no that decides who reads, with another word.";
    K15 HeadsUp "Nearly a key that opens something: not read.";
    K16 HeadsUp "A key that may be the words of a value that did not end.";
    K17 HeadsUp "A line that reads as a key, in the text.";
    K18 Hint "A key that does nothing in this kind of text.";
    K19 Hint "A kind with a slip of the finger.";
    K20 Hint "A key of another name that keeps a text inside.";
    L01 HeadsUp "A link to nothing.";
    L02 Quiet "A link with spaces.";
    L03 Hint "A link to a heading that is not there.";
    L04 HeadsUp "A footnote without explanation.";
    L05 HeadsUp "Includes in a circle.";
    L06 Stop "An include or picture outside the folder.";
    L07 HeadsUp "A link to no site and no file: it runs code, hides its content, or is no address.";
    L08 HeadsUp "A name in the settings or fields that leads to no text.";
    L09 HeadsUp "More includes than fit in one text.";
    L10 HeadsUp "A footnote that is explained in a part for some readers only.";
    L11 HeadsUp "An include of a text that stays inside, or needs a yes of its own.";
    L12 HeadsUp "An include of a text that is not there.";
    L13 HeadsUp "An old address no page can lead on from.";
    L14 HeadsUp "Two translations of one text in one language.";
    M01 HeadsUp "A theme that is not there.";
    M02 HeadsUp "A mistake in a template.";
    M03 HeadsUp "A mistake in theme.toml, or in the words of a theme.";
    M04 HeadsUp "Themes that are each other's parent.";
    P01 Stop "A key that looks like the audience key.";
    P02 Stop "A reader group that is not among the readers.";
    P03 Hint "A part of a plan without audience.";
    P04 Stop "A plan about real people.";
    P05 Stop "A citizen service number.";
    P06 HeadsUp "A private number or address.";
    P07 HeadsUp "A name from a plan that is not public.";
    P08 Quiet "Metadata removed from a picture.";
    P09 HeadsUp "A part of an open plan that is for some readers only.";
    P10 Stop "A line that says who may read, not among the keys.";
    P11 Hint "A plan that does not say whether it is public.";
    P12 HeadsUp "A name that says that what has it stays inside.";
    P13 HeadsUp "A page whose name says whose story it is: read as a story.";
    P14 HeadsUp "A part that asks for more readers than the part around it.";
    P15 Stop "A key that decides who may read, with nothing behind it.";
    P16 HeadsUp "A page whose name says whose plan it is: read as a plan.";
    R01 Stop "A reader for whom there is no part.";
    R02 HeadsUp "Readers without a card.";
    R03 HeadsUp "A card that has ended.";
    R04 HeadsUp "A card of a reader who is no longer named.";
    R05 Stop "Something private in what would go out.";
    R06 Stop "A picture of a closed text on a page for everybody.";
    R07 Hint "A text in a folder that is for some readers.";
    R08 HeadsUp "Cards of a text that is not there.";
    R09 Stop "Keys that others can read.";
    R10 Stop "Keys in the folder of texts.";
    R11 Stop "Keys in the folder of the site.";
    R12 Stop "Keys that git keeps.";
    R13 Stop "Keys that are damaged.";
    R14 Stop "Locked pages without their keys.";
    R15 Stop "Something private that was left in the folder of the site.";
    S01 Hint "A heading that jumps a level.";
    S02 Hint "Text turned into a heading by dashes.";
    S03 Quiet "A paragraph that starts with spaces.";
    S04 Hint "Looks like HTML.";
    S05 Hint "A table without its line of dashes.";
    S06 Hint "A table with many columns.";
    S07 HeadsUp "A comment without an end.";
    S08 Hint "A block of code without an end.";
    S09 Hint "A table typed with tabs.";
    S10 Hint "An include in a list or quote.";
    S11 HeadsUp "A heading without a space behind its hashes.";
    S12 Quiet "A comment in code, left out.";
    S13 HeadsUp "A text of which all words stand in comments.";
    S14 HeadsUp "Text below the keys of the site.";
    S15 HeadsUp "Marks of two versions in one text.";
    T01 Hint "A friendlier word.";
    T02 Hint "A long sentence.";
    T03 HeadsUp "A letter no font of the booklet has.";
    V01 Stop "A story without consent.";
    V02 Stop "Consent that has ended.";
    V03 Stop "Consent withdrawn.";
    V04 Stop "Under 16, without a parent or guardian.";
    V05 HeadsUp "Consent ends soon.";
    V06 HeadsUp "A link to a text that is withheld.";
    V07 Stop "Consent that is not for this channel.";
    V08 Hint "A story whose teller says no.";
    V09 Stop "A day that decides who reads, and that cannot be read.";
    V10 Stop "Consent that is not for the booklet.";
    V11 Stop "Consent that is not for the e-book.";
    V12 Stop "An age that cannot be read, without a parent or guardian.";
}

impl Code {
    /// Reads a code as typed, whatever its case.
    pub fn read(typed: &str) -> Option<Code> {
        let typed = typed.trim().to_ascii_uppercase();
        Code::ALL.iter().copied().find(|code| code.name() == typed)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
