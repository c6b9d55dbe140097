//! Paging: a list that is shown a page at a time. Which page it is stands in the sealed ids of its buttons alone, so
//! that pages can be turned after a restart.

use crate::answer::sentences::{Sentences, fill};

use super::card::{Button, button};
use super::seal::Action;

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paging {
    /// Its number; the first is 0.
    pub(super) page: u16,
    /// The number of the last one, as far as is known.
    pub(super) last: u16,
    size: usize,
}

impl Paging {
    /// The page of this number, or the last, of `items`, each page with `size` of them.
    pub(super) fn of(items: usize, size: usize, page: u16) -> Self {
        let last = number_of(items.saturating_sub(1), size);
        Self { page: page.min(last), last, size }
    }

    /// The page of this number, of which is only known whether it `has_more` behind it.
    pub(super) fn open(size: usize, page: u16, has_more: bool) -> Self {
        Self { page, last: page.saturating_add(has_more.into()), size }
    }

    /// Those of all `items` that are on it.
    pub(super) fn on_it<T>(self, items: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        items.skip(usize::from(self.page) * self.size).take(self.size)
    }

    /// The buttons to the pages before and behind it, where there are some; they do what `to` makes of the number.
    pub(super) fn buttons(self, texts: &Sentences, to: impl Fn(u16) -> Action) -> impl Iterator<Item = Button> {
        let before = self.page.checked_sub(1).map(|page| (&texts.topics.previous, page));
        let after = (self.page < self.last).then(|| (&texts.topics.next, self.page + 1));
        let buttons = [before, after].map(|turn| turn.map(|(label, page)| button(label, to(page))));
        buttons.into_iter().flatten()
    }

    /// Which page it is of how many; empty where it is the only one.
    pub(super) fn footer(self, texts: &Sentences) -> String {
        if self.last == 0 {
            return String::new();
        }
        let [page, pages] = [self.page, self.last].map(|number| (u32::from(number) + 1).to_string());
        fill(&texts.topics.page, &[("page", &page), ("pages", &pages)])
    }
}

/// The number of the page on which the item at `place` is.
pub(super) fn number_of(place: usize, size: usize) -> u16 {
    u16::try_from(place / size).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::sentences;
    use crate::language::Language;

    fn buttons(paging: Paging) -> Vec<Button> {
        paging.buttons(sentences::of(Language::English), Action::Topics).collect()
    }

    #[test]
    fn pages_begin_and_end_where_the_list_does() {
        let texts = sentences::of(Language::English);
        let check = |items, page, expected: (u16, &[usize], &str)| {
            let paging = Paging::of(items, 3, page);
            let (shown, footer): (Vec<usize>, String) = (paging.on_it(0..items).collect(), paging.footer(texts));
            assert_eq!((paging.page, shown.as_slice(), footer.as_str()), expected, "{page} of {items}");
        };
        check(0, 0, (0, &[], ""));
        check(3, 7, (0, &[0, 1, 2], ""));
        check(4, 0, (0, &[0, 1, 2], "Page 1 of 2"));
        check(4, 7, (1, &[3], "Page 2 of 2"));
        check(usize::MAX, u16::MAX, (u16::MAX, &[196_605, 196_606, 196_607], "Page 65536 of 65536"));
        assert_eq!([0, 9, 10, usize::MAX].map(|place| number_of(place, 10)), [0, 0, 1, u16::MAX]);
    }

    #[test]
    fn buttons_lead_only_to_pages_that_there_are() {
        let [previous, next] = [("Previous", 0), ("Next", 2)].map(|(label, page)| button(label, Action::Topics(page)));
        assert_eq!(buttons(Paging::of(30, 10, 1)), [previous.clone(), next.clone()]);
        assert_eq!(buttons(Paging::of(10, 10, 0)), []);
        assert_eq!(buttons(Paging::open(10, 1, true)), [previous.clone(), next]);
        let only_back = [previous];
        assert_eq!(buttons(Paging::of(20, 10, 1)), only_back);
        assert_eq!(buttons(Paging::open(10, 1, false)), only_back);
        assert_eq!(buttons(Paging::open(10, u16::MAX, true)).len(), 1);
    }
}
