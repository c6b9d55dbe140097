//! Everyday synonyms: words that people use for one another whatever the topic is.
//!
//! "What does it cost" and "is it expensive" share no letter that matters. The list names common English words that
//! often stand for one another in questions; a topic's own terms belong in its `synonyms`. A word may be in several
//! groups, and then says less for each. Only words and pairs are compared by group; letters keep the difference, so
//! that the word that was really used still counts for more.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::stem;

/// A group a line.
const GROUPS: &str = include_str!("everyday_synonyms.txt");

/// The number of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Group(u16);

static GROUPS_OF: LazyLock<HashMap<String, Vec<Group>>> = LazyLock::new(|| {
    let mut groups: HashMap<String, Vec<Group>> = HashMap::new();
    for (number, line) in (0..).zip(GROUPS.lines()) {
        for word in line.split_whitespace() {
            let of_stem = groups.entry(stem(word)).or_default();
            if of_stem.last() != Some(&Group(number)) {
                of_stem.push(Group(number));
            }
        }
    }
    groups
});

/// The groups that a stem is in, the most fitting first; mostly none.
pub(super) fn groups(stem: &str) -> &'static [Group] {
    GROUPS_OF.get(stem).map_or(&[], Vec::as_slice)
}
