//! The index: every wording of every entry, prepared for finding the closest to a question.

use super::calibration;
use super::explanation::Explanation;
use super::inverted::{Builder, Inverted, Vector, number};
use super::learning::{LEARN_WORDINGS, Learnt};
use super::pieces::{Kind, Pieces, occurring, pieces};
use super::score::{self, Signals};
use super::search::Similar;
use super::spelling::Spelling;
use super::synonyms::Synonyms;
use super::vocabulary::{Counter, Vocabulary};
use super::words::{Word, words};

/// Every wording, prepared. Immutable; shared between threads.
#[derive(Debug)]
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    spelling: Spelling,
    synonyms: Synonyms,
    pub(super) kinds: [Inverted; 3],
    /// By wording, ordered by entry: its text.
    pub(super) texts: Vec<Box<str>>,
    /// By wording: the place of its entry in `entries`.
    pub(super) entry_of: Vec<u32>,
    /// Each entry's number.
    pub(super) entries: Vec<usize>,
    /// How many of them can be answers; those behind are off-topic questions.
    answerable: usize,
    /// By entry: its first wording; and the number of wordings.
    starts: Vec<usize>,
    pub(super) learnt: Option<Learnt>,
    /// The strength that off-topic questions reach by chance.
    pub(super) noise: f32,
}

/// An entry ranked for a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The entry's number.
    pub entry: usize,
    /// How sure it is that the entry answers the question, in `0..=1`. One half is what one off-topic question in seven
    /// reaches, in knowledge bases of any size.
    pub score: f32,
}

impl Index {
    /// Prepares `wordings`, each with the number of the entry it belongs to, and lists of terms of equal meaning.
    #[must_use]
    pub fn build<'a>(wordings: &[(usize, &str)], synonyms: impl IntoIterator<Item = &'a [String]>) -> Self {
        Self::build_beside(wordings, &[], synonyms)
    }

    /// The same beside questions that are known to be `off_topic`: what is more like one of them than like any entry
    /// gets no score above one half.
    ///
    /// Takes time that grows with the number of wordings, and up to 2,000 of them with its cube.
    ///
    /// # Panics
    /// When there are 2^27 wordings or distinct pieces of them, or 2^32 pieces.
    #[must_use]
    pub fn build_beside<'a>(
        wordings: &[(usize, &str)],
        off_topic: &[&str],
        synonyms: impl IntoIterator<Item = &'a [String]>,
    ) -> Self {
        let mut index = Self::unlearnt(wordings, off_topic, synonyms);
        if !index.texts.is_empty() && index.is_small() {
            index.learnt = Some(index.learn());
        }
        index.noise = calibration::noise(&index);
        index
    }

    /// The same as far as wordings are compared: nothing is learnt from them, and nothing can be ranked.
    fn unlearnt<'a>(
        wordings: &[(usize, &str)],
        off_topic: &[&str],
        synonyms: impl IntoIterator<Item = &'a [String]>,
    ) -> Self {
        let synonyms = Synonyms::new(synonyms);
        let mut wordings = wordings.to_vec();
        wordings.sort_by_key(|(entry, _)| *entry);
        let answerable = wordings.chunk_by(|a, b| a.0 == b.0).count();
        // Each off-topic question is an entry of its own behind all others: they have nothing in common but that.
        let behind = wordings.last().map_or(0, |(last, _)| last + 1);
        wordings.extend(off_topic.iter().enumerate().map(|(place, text)| (behind + place, *text)));

        let of_entries = wordings.chunk_by(|a, b| a.0 == b.0);
        let entries = of_entries.clone().map(|of_entry| of_entry[0].0).collect::<Vec<usize>>();
        let entry_of: Vec<u32> =
            of_entries.enumerate().flat_map(|(place, of_entry)| vec![number(place); of_entry.len()]).collect();
        let starts = (0..=entries.len()).map(|place| entry_of.partition_point(|of| (*of as usize) < place)).collect();
        let (kinds, vocabulary) = take_apart(&wordings, &entry_of, entries.len(), &synonyms);
        let spelling = Spelling::new(vocabulary.words().chain(synonyms.words()).map(str::to_owned));
        let texts = wordings.into_iter().map(|(_, text)| text.into()).collect();
        Self {
            vocabulary,
            spelling,
            synonyms,
            kinds,
            texts,
            entry_of,
            entries,
            answerable,
            starts,
            learnt: None,
            noise: 0.0,
        }
    }

    /// The number of the one of `wordings` that is most similar to a question's words, and how similar it is, in
    /// `0..=1`: 1 where they are the same. Unlike a score it does not depend on how close others come; how much a word
    /// says depends on the wordings `beside`, too. `None` where nothing is similar.
    #[must_use]
    pub fn most_similar<'a>(
        words: &[Word],
        wordings: &[(usize, &str)],
        beside: &[&str],
        synonyms: impl IntoIterator<Item = &'a [String]>,
    ) -> Option<(usize, f32)> {
        let index = Self::unlearnt(wordings, beside, synonyms);
        let similar = index.similar(&index.weigh(&index.read(words))).into_iter();
        let of_entries = similar.map(|found| (index.entry_number(found.wording), found.similarity));
        let entries = of_entries.filter(|(entry, _)| *entry < index.behind());
        entries.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }

    /// Whether there are few enough wordings to learn from all of them and to compare a question with each.
    pub(super) fn is_small(&self) -> bool {
        self.texts.len() <= LEARN_WORDINGS
    }

    /// The entries with any likeness to a question's words, best first; in an index of more than 2,000 wordings, those
    /// of the 256 most similar wordings. Deterministic; at equal scores the entry with the lower number comes first.
    #[must_use]
    pub fn rank(&self, words: &[Word]) -> Vec<Match> {
        self.rank_among(words, |_| true)
    }

    /// The same among the entries whose number `is_open` lets pass, as if there were no others to come close.
    #[must_use]
    pub fn rank_among(&self, words: &[Word], is_open: impl Fn(usize) -> bool) -> Vec<Match> {
        let question = self.weigh(&self.read(words));
        let (similar, behind) = (self.similar(&question), self.behind());
        self.matches(self.signals(&similar).filter(|(entry, _)| *entry >= behind || is_open(*entry)))
    }

    /// The matches of what has these signals, best first. What is off-topic is none, but entries are held against the
    /// strongest of it.
    pub(super) fn matches(&self, signals: impl Iterator<Item = (usize, Signals)>) -> Vec<Match> {
        let signals: Vec<_> = signals.collect();
        let off_topic = self.strongest_off_topic(signals.iter().copied());
        let behind = self.behind();
        score::matches(signals.into_iter().filter(|(entry, _)| *entry < behind), self.noise, off_topic)
    }

    /// The strength of the strongest off-topic question among what has these signals; 0 where there is none.
    pub(super) fn strongest_off_topic(&self, signals: impl Iterator<Item = (usize, Signals)>) -> f32 {
        let behind = self.behind();
        let off_topic = signals.filter(|(entry, _)| *entry >= behind);
        off_topic.map(|(_, signals)| signals.strength()).fold(0.0, f32::max)
    }

    /// The number behind those of all entries, from which on what is numbered is off-topic.
    fn behind(&self) -> usize {
        self.entries[..self.answerable].last().map_or(0, |last| last + 1)
    }

    /// The `most` best entries for what someone has `typed` so far, best first: the last word counts as the start of a
    /// word unless a space or a mark follows it. Empty where nothing is typed. Deterministic; at equal scores the entry
    /// with the lower number comes first. A score says how entries compare for this text, not how sure an answer is.
    #[must_use]
    pub fn complete(&self, typed: &str, most: usize) -> Vec<Match> {
        super::complete::complete(self, typed, most)
    }

    /// A text's words as they are compared, with every synonym rewritten, joined by spaces. What folds to the same is
    /// the same to the matcher.
    #[must_use]
    pub fn fold(&self, words: &[Word]) -> String {
        let texts: Vec<String> = self.synonyms.rewrite(words.to_vec()).into_iter().map(|word| word.text).collect();
        texts.join(" ")
    }

    /// A question's words as they are matched: slips of the fingers corrected, synonyms rewritten.
    pub(super) fn read(&self, words: &[Word]) -> Vec<Word> {
        self.synonyms.rewrite(self.spelling.correct(words.to_vec()))
    }

    /// How the score of `entry` for a question comes about.
    #[must_use]
    pub fn explain(&self, words: &[Word], entry: usize) -> Explanation {
        super::explanation::explain(self, words, entry)
    }

    /// The number of the entry that a wording belongs to.
    pub(super) fn entry_number(&self, wording: usize) -> usize {
        self.entries[self.entry_of[wording] as usize]
    }

    /// How many entries can be answers, and how many wordings they have: the first ones of all.
    pub(super) fn answerable(&self) -> (usize, usize) {
        (self.answerable, self.starts[self.answerable])
    }

    /// The pieces of a question's words, as [`read`](Self::read), weighed by kind.
    pub(super) fn weigh(&self, words: &[Word]) -> [Vector; 3] {
        let pieces = pieces(words);
        std::array::from_fn(|kind| self.kinds[kind].weigh(&pieces[kind]))
    }

    /// The signals of each entry that has one of the wordings, with its number.
    pub(super) fn signals<'a>(&'a self, similar: &'a [Similar]) -> impl Iterator<Item = (usize, Signals)> + 'a {
        let learnt = match &self.learnt {
            Some(learnt) => learnt.about(similar),
            None => self.learn_about(similar),
        };
        self.likeness(similar)
            .map(move |(entry, likeness)| (self.entries[entry], Signals { likeness, learnt: learnt[entry] }))
    }

    /// The likeness of each entry that has one of the wordings, with its place.
    pub(super) fn likeness<'a>(&'a self, similar: &'a [Similar]) -> impl Iterator<Item = (usize, f32)> + 'a {
        similar.chunk_by(|a, b| self.entry_of[a.wording] == self.entry_of[b.wording]).map(|of_entry| {
            let entry = self.entry_of[of_entry[0].wording] as usize;
            let wordings = self.starts[entry + 1] - self.starts[entry];
            (entry, score::likeness(wordings, of_entry.iter().map(|similar| similar.similarity)))
        })
    }
}

/// The pieces of `wordings`, the places of whose entries are `entry_of`, by kind, and their words.
fn take_apart(
    wordings: &[(usize, &str)],
    entry_of: &[u32],
    entries: usize,
    synonyms: &Synonyms,
) -> ([Inverted; 3], Vocabulary) {
    let mut counter = Counter::default();
    let mut pieces = Pieces::default();
    let mut builders = Kind::ALL.map(Builder::new);
    for ((_, text), entry) in wordings.iter().zip(entry_of) {
        let words = words(text);
        counter.add(&words);
        occurring(&synonyms.rewrite(words), |word| counter.terms(word), &mut pieces);
        for (builder, pieces) in builders.iter_mut().zip(&pieces) {
            builder.push(*entry, pieces);
        }
    }
    (builders.map(|builder| builder.finish(entries)), counter.finish())
}
