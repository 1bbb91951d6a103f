//! The little world Typst sees: sources and files in memory, our fonts, the day handed in.
//! No disk, no network, no packages, no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The fonts of a theme, read once.
pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) list: Vec<Font>,
    letters: BTreeSet<u32>,
}

impl Fonts {
    /// Reads font files; what is no font is passed by.
    pub(super) fn read<'f>(files: impl Iterator<Item = &'f [u8]>) -> Fonts {
        let list: Vec<Font> = files.flat_map(fonts_in).collect();
        let letters = list.iter().flat_map(|font| font.info().coverage.iter()).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&list)), list, letters }
    }

    /// Tells whether some font has a character.
    pub(super) fn has(&self, c: char) -> bool {
        self.letters.contains(&(c as u32))
    }
}

/// Reads a font file. The same bytes are the same fonts, here and for the typesetter: it
/// knows again what it set in them.
#[comemo::memoize]
fn fonts_in(bytes: &[u8]) -> Vec<Font> {
    Font::iter(Bytes::new(bytes.to_vec())).collect()
}

/// Parses a source: most of them are the same in every format, and after an edit.
#[comemo::memoize]
fn parsed(path: &str, text: &str) -> Option<Source> {
    Some(Source::new(file_id(path)?, text.to_string()))
}

/// What one booklet is made of.
pub(super) struct BookWorld {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    main: FileId,
    sources: BTreeMap<FileKey, Source>,
    files: BTreeMap<FileKey, Bytes>,
    today: Option<Datetime>,
}

/// A path inside the world, without the slash in front.
type FileKey = String;

impl BookWorld {
    /// Makes a world of sources and other files; `main` is the source it begins with.
    pub(super) fn new(
        fonts: Arc<Fonts>,
        main: &str,
        sources: impl IntoIterator<Item = (String, String)>,
        files: impl IntoIterator<Item = (String, Bytes)>,
        today: jiff::civil::Date,
    ) -> Option<BookWorld> {
        let mut read = BTreeMap::new();
        for (path, text) in sources {
            let source = parsed(&path, &text)?;
            read.insert(path, source);
        }
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_features(features).build();
        Some(BookWorld {
            library: LazyHash::new(library),
            fonts,
            main: file_id(main)?,
            sources: read,
            files: files.into_iter().collect(),
            today: datetime(today),
        })
    }

    /// Returns path, line and character (from 1) of a place in a source.
    pub(super) fn place(
        &self,
        span: impl Into<typst::syntax::DiagSpan>,
    ) -> Option<(&str, u32, u32)> {
        let span = span.into();
        let path = key(span.id()?);
        let range = typst::WorldExt::range(self, span)?;
        let (path, source) = self.sources.get_key_value(&path)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        Some((path, line as u32 + 1, column as u32 + 1))
    }
}

/// Returns a day as Typst knows it.
pub(super) fn datetime(day: jiff::civil::Date) -> Option<Datetime> {
    let number = |value: i8| u8::try_from(value).ok();
    Datetime::from_ymd(i32::from(day.year()), number(day.month())?, number(day.day())?)
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn key(id: FileId) -> FileKey {
    id.vpath().get_without_slash().to_string()
}

impl World for BookWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let key = key(id);
        self.sources.get(&key).cloned().ok_or(FileError::NotFound(key.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let key = key(id);
        if let Some(source) = self.sources.get(&key) {
            return Ok(Bytes::from_string(source.text().to_string()));
        }
        self.files.get(&key).cloned().ok_or(FileError::NotFound(key.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.list.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
