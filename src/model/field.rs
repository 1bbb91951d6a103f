//! The fields of a text: `Kenmerk: waarde`, read and typed, each with its place.

use crate::lang::Lang;
use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! keys {
    ($($key:ident $name:literal;)*) => {
        /// A key by its English name; `kind::keys` holds what people may type for it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Key { $(#[doc = $name] $key,)* }

        impl Key {
            /// All keys.
            pub const ALL: &[Key] = &[$(Key::$key),*];

            /// Returns the name templates know it by.
            pub fn name(self) -> &'static str {
                match self { $(Key::$key => $name,)* }
            }
        }
    };
}

keys! {
    Kind "kind";
    Title "title";
    Subtitle "subtitle";
    Summary "summary";
    Language "language";
    Draft "draft";
    Menu "menu";
    Order "order";
    Image "image";
    ImageAlt "image_alt";
    Date "date";
    Theme "theme";
    Number "number";
    Series "series";
    For "for";
    Voices "voices";
    Source "source";
    Teller "teller";
    NameIs "name_is";
    TellerAge "teller_age";
    LifeArea "life_area";
    ContentNote "content_note";
    Consent "consent";
    ConsentFrom "consent_from";
    ConsentOn "consent_on";
    ConsentUntil "consent_until";
    ConsentFor "consent_for";
    Plan "plan";
    Of "of";
    MadeOn "made_on";
    UpdatedOn "updated_on";
    ReviewOn "review_on";
    Coordinator "coordinator";
    Contact "contact";
    Readers "readers";
    Share "share";
    Public "public";
    Fictional "fictional";
    Who "who";
    What "what";
    When "when";
    Notice "notice";
    Status "status";
    Learned "learned";
    Also "also";
    Authors "authors";
    Publisher "publisher";
    Year "year";
    Isbn "isbn";
    License "license";
    Cover "cover";
    CoverAlt "cover_alt";
    Format "format";
    LargePrint "large_print";
    SaddleStitch "saddle_stitch";
    Qr "qr";
    Slug "slug";
    OldAddresses "old_addresses";
    TranslationOf "translation_of";
    PublishOn "publish_on";
    Expires "expires";
    SiteAddress "site_address";
    Languages "languages";
    Style "style";
    Footer "footer";
    QuickExit "quick_exit";
    SharePicture "share_picture";
    Hints "hints";
}

/// One field as read: the last one wins when a key stands twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Which key.
    pub key: Key,
    /// Where the key stands.
    pub key_span: Span,
    /// Where the value stands; empty at the end of the key when there is none.
    pub value_span: Span,
    /// The value.
    pub value: Value,
}

/// A value, typed by its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Words.
    Text(String),
    /// A list, each with its place.
    List(Vec<(String, Span)>),
    /// Yes or no.
    Yes(bool),
    /// A day.
    Date(Date),
    /// A number.
    Number(i64),
    /// A language.
    Lang(Lang),
    /// Could not be read as what its key asks for; a problem was reported. The text as
    /// typed stays here, and typed reads give nothing: what fails, fails closed.
    Unread(String),
}

/// The fields of a text, in the order typed, and the lines whose key we do not know.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fields {
    /// Known keys.
    pub list: Vec<Field>,
    /// Lines whose key we do not know.
    pub extra: Vec<Extra>,
}

/// A line at the top of a text whose key we do not know, kept as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// Its key; of a line without a colon all of it.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it stands: key and value.
    pub span: Span,
}

impl Fields {
    /// Returns the field of a key.
    pub fn get(&self, key: Key) -> Option<&Field> {
        self.list.iter().rev().find(|field| field.key == key)
    }

    /// Returns a value as words; empty values count as absent.
    pub fn text(&self, key: Key) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text) | Value::Unread(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Returns a value as a list; empty when absent.
    pub fn list(&self, key: Key) -> &[(String, Span)] {
        match self.get(key).map(|field| &field.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// Returns a yes or no, `None` when absent or not understood.
    pub fn yes(&self, key: Key) -> Option<bool> {
        match self.get(key)?.value {
            Value::Yes(yes) => Some(yes),
            _ => None,
        }
    }

    /// Tells whether a key clearly says yes.
    pub fn is_yes(&self, key: Key) -> bool {
        self.yes(key) == Some(true)
    }

    /// Returns a day.
    pub fn date(&self, key: Key) -> Option<Date> {
        match self.get(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Returns a number.
    pub fn number(&self, key: Key) -> Option<i64> {
        match self.get(key)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns a language.
    pub fn lang(&self, key: Key) -> Option<&Lang> {
        match &self.get(key)?.value {
            Value::Lang(lang) => Some(lang),
            _ => None,
        }
    }
}
