//! Sheets for the stapler: two A5 pages on an A4, in the order that is right after
//! folding (saddle stitch).
//!
//! [`order`] is the arithmetic; [`sheets`] the file the typesetter reads.

use std::fmt::Write;

/// One side of a sheet: the page on the left and on the right, from 1; `None` is empty.
pub(super) type Side = [Option<usize>; 2];

/// Returns the sides in the order they are printed: front, back, front, back. Empty pages
/// come before the back cover, so that the covers stay outside. `rtl`: bound on the right.
pub(super) fn order(pages: usize, rtl: bool) -> Vec<Side> {
    if pages == 0 {
        return Vec::new();
    }
    let total = pages.div_ceil(4) * 4;
    let page = |at: usize| {
        if at + 1 == total {
            Some(pages)
        } else if at + 1 < pages {
            Some(at + 1)
        } else {
            None
        }
    };
    let mut sides = Vec::with_capacity(total / 2);
    for sheet in 0..total / 4 {
        let first = 2 * sheet;
        for (left, right) in [(total - 1 - first, first), (first + 1, total - 2 - first)]
        {
            let side = [page(left), page(right)];
            sides.push(if rtl { [side[1], side[0]] } else { side });
        }
    }
    sides
}

/// Writes `/main.typ` of the sheets: what to do on a sheet of its own, then the pages of
/// `booklet.pdf`.
pub(super) fn sheets(sides: &[Side], title: &str, steps: &[String]) -> String {
    let mut out = String::from("#import \"/theme.typ\" as t\n#{\n");
    let sheets = sides.len() / 2;
    let _ = write!(out, "t.sheets-how({title}, {sheets}, (");
    for step in steps {
        let _ = write!(out, "{step}, ");
    }
    out.push_str("))\n");
    out.push_str("set page(width: 297mm, height: 210mm, margin: 0mm, fill: white)\n");
    for side in sides {
        out.push_str("page({");
        for (at, page) in side.iter().enumerate() {
            if let Some(page) = page {
                let edge = if at == 0 { "0mm" } else { "148.5mm" };
                let _ = write!(
                    out,
                    "place(top + left, dx: {edge}, image(\"/booklet.pdf\", page: {page}, width: 148.5mm, height: 210mm, fit: \"stretch\"));"
                );
            }
        }
        out.push_str("})\n");
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_pages_on_two_sheets() {
        let some = |left, right| [Some(left), Some(right)];
        assert_eq!(order(8, false), [some(8, 1), some(2, 7), some(6, 3), some(4, 5)]);
        assert_eq!(order(8, true)[0], some(1, 8));
    }

    #[test]
    fn empty_pages_come_before_the_back_cover() {
        assert_eq!(
            order(6, false),
            [[Some(6), Some(1)], [Some(2), None], [None, Some(3)], [Some(4), Some(5)]]
        );
        assert_eq!(order(1, false), [[Some(1), None], [None, None]]);
        assert!(order(0, false).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn every_page_once_and_folds_in_order(pages in 1usize..400) {
            let sides = order(pages, false);
            let mut seen: Vec<usize> = sides.iter().flatten().flatten().copied().collect();
            seen.sort_unstable();
            proptest::prop_assert_eq!(seen, (1..=pages).collect::<Vec<_>>());
            // Unfolding the pile: right of each front, left of each back, then back again.
            let total = sides.len() * 2;
            let mut read = vec![None; total];
            for (sheet, pair) in sides.chunks(2).enumerate() {
                let (front, back) = (pair[0], pair[1]);
                read[2 * sheet] = front[1];
                read[2 * sheet + 1] = back[0];
                read[total - 2 - 2 * sheet] = back[1];
                read[total - 1 - 2 * sheet] = front[0];
            }
            let read: Vec<usize> = read.into_iter().flatten().collect();
            proptest::prop_assert_eq!(read, (1..=pages).collect::<Vec<_>>());
        }
    }
}
