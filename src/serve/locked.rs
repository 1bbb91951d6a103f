//! What readers with a card will get, in the preview: the page with the lock and what lies
//! beside it, the same bytes as a build makes with the keys that are there. It opens with
//! the words of a card, so a card can be tried before anything is published. (A build over
//! an earlier site keeps the sizes of that one; a preview knows of no earlier site.)
//!
//! These pages bring rules of their own, stricter than ours, and nothing of the preview
//! stands in them: what sees the words is what will see them on the site. Only this
//! computer gets them: the network around us has no https, without which nothing opens.

use super::answer::Answer;
use super::guard::Ask;
use super::{pages, stumble};
use crate::files::Store;
use crate::lang::Lang;
use crate::pipeline::Live;
use crate::text::Address;

/// Where locked pages stand on a site.
const FOLDER: &str = "p/";

/// Answers for what stands behind a lock; `None` for everything else.
pub(super) fn answer(
    live: &Live<'_>,
    site: &dyn Store,
    ask: &Ask,
    path: &str,
    lang: &Lang,
) -> Option<Answer> {
    let index = |path: &str| Address::new(&format!("{path}index.html"));
    let own = [Address::new(path), index(path), index(&format!("{path}/"))];
    if !path.starts_with(FOLDER) || own.iter().any(|address| site.has(address)) {
        return None;
    }
    match &live.behind_locks().files {
        Ok(files) if own.iter().any(|address| files.has(address)) => {
            let plain = Ask { document: false, ..ask.clone() };
            pages::answer(files, &plain, path, "").ok().map(Answer::by_own_rules)
        }
        Ok(_) => None,
        Err(refused) => Some(stumble::told(&refused.sentence(lang), lang)),
    }
}
