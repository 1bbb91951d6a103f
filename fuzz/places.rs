//! What holds for every library, whatever was read.

use boekje::load::Loaded;
use boekje::problem::Where;

/// Every problem and every text points into a source that is there.
pub(crate) fn check(loaded: &Loaded) {
    let sources = &loaded.library.sources;
    for problem in &loaded.problems {
        if let Where::Span(span) = problem.place {
            let text = sources.get(span.source).text();
            assert!(text.get(span.range()).is_some(), "{problem:?}");
        }
    }
    for text in &loaded.library.texts {
        let source = sources.get(text.source).text();
        assert!(source.get(text.title_span.range()).is_some(), "{:?}", text.title);
    }
}
