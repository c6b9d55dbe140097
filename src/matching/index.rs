//! The index: every wording of every entry, prepared for finding the closest to a question.

use super::explanation::Explanation;
use super::inverted::{Builder, Inverted, MOST_NUMBERS, Vector, product};
use super::pieces::{Kind, pieces};
use super::ridge::Symmetric;
use super::score::{self, Signals};
use super::spelling::Spelling;
use super::synonyms::Synonyms;
use super::words::{Word, words};

/// The most wordings that are learnt from as a whole; above, each question solves a small regression on the
/// [`NEIGHBOURS`] closest wordings. Learning costs time that grows with the cube of the number.
const LEARN_WORDINGS: usize = 2_000;

/// The constant similarity that all wordings share, so that the regression can learn how common an entry is.
const BIAS: f32 = 0.02;

/// How many wordings the regression for a single question looks at.
const NEIGHBOURS: usize = 32;

/// How many postings are read to find candidates; below this all are, and the ranking is exact.
const POSTINGS_READ: usize = 50_000;

/// How many candidates are then compared exactly.
const CANDIDATES: usize = 256;

/// Every wording, prepared. Immutable; shared between threads.
#[derive(Debug)]
pub struct Index {
    spelling: Spelling,
    synonyms: Synonyms,
    pub(super) kinds: [Inverted; 3],
    /// By wording, ordered by entry: its text.
    pub(super) texts: Vec<Box<str>>,
    /// By wording: the place of its entry in `entries`.
    entry_of: Vec<u32>,
    /// Each entry's number.
    entries: Vec<usize>,
    /// By entry: its first wording; and the number of wordings.
    starts: Vec<usize>,
    learnt: Option<Learnt>,
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

/// A wording that has something in common with a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    pub(super) wording: usize,
    /// In `0..=1`.
    pub(super) similarity: f32,
}

/// What ridge regression learnt from all wordings.
#[derive(Debug)]
struct Learnt {
    /// By wording and entry: how much the similarity to the wording says for the entry.
    coefficients: Vec<f32>,
    /// By entry: what the constant similarity says for it, 0 for the entry for which it says least.
    constants: Vec<f32>,
}

impl Index {
    /// Prepares `wordings`, each with the number of the entry it belongs to, and lists of terms of equal meaning.
    ///
    /// Takes time that grows with the number of wordings, and up to 2,000 of them with its cube.
    ///
    /// # Panics
    /// When there are more than 2^27 wordings or distinct pieces of them.
    #[must_use]
    pub fn build<'a>(wordings: &[(usize, &str)], synonyms: impl IntoIterator<Item = &'a [String]>) -> Self {
        assert!(wordings.len() < MOST_NUMBERS, "the index numbers wordings with 27 bits");
        let synonyms = Synonyms::new(synonyms);
        let mut wordings = wordings.to_vec();
        wordings.sort_by_key(|(entry, _)| *entry);

        let mut builders = Kind::ALL.map(Builder::new);
        let mut entries: Vec<usize> = Vec::new();
        let mut entry_of = Vec::with_capacity(wordings.len());
        let mut starts = Vec::new();
        for (wording, (entry, text)) in wordings.iter().enumerate() {
            if entries.last() != Some(entry) {
                entries.push(*entry);
                starts.push(wording);
            }
            let place = u32::try_from(entries.len() - 1).unwrap_or(u32::MAX);
            entry_of.push(place);
            let pieces = pieces(&synonyms.rewrite(words(text)));
            for (builder, pieces) in builders.iter_mut().zip(&pieces) {
                builder.push(place, pieces);
            }
        }
        starts.push(wordings.len());

        let kinds = builders.map(|builder| builder.finish(entries.len()));
        let texts = wordings.into_iter().map(|(_, text)| text.into()).collect::<Vec<Box<str>>>();
        let noise = score::noise(entries.len(), texts.len());
        let spelling = Spelling::new(texts.iter().flat_map(|text| words(text)).chain(synonyms.words()));
        let mut index = Self { spelling, synonyms, kinds, texts, entry_of, entries, starts, learnt: None, noise };
        if (1..=LEARN_WORDINGS).contains(&index.texts.len()) {
            index.learnt = Some(index.learn());
        }
        index
    }

    /// The entries with any likeness to a question's words, best first. Deterministic; at equal scores the entry with
    /// the lower number comes first.
    #[must_use]
    pub fn rank(&self, words: &[Word]) -> Vec<Match> {
        self.rank_among(words, |_| true)
    }

    /// The same among the entries whose number `is_open` lets pass, as if there were no others to come close.
    #[must_use]
    pub fn rank_among(&self, words: &[Word], is_open: impl Fn(usize) -> bool) -> Vec<Match> {
        let question = self.weigh(&self.read(words));
        let similar = self.similar(&question);
        score::matches(self.signals(&similar).filter(|(entry, _)| is_open(*entry)), self.noise)
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
        similar.chunk_by(|a, b| self.entry_of[a.wording] == self.entry_of[b.wording]).map(move |of_entry| {
            let entry = self.entry_of[of_entry[0].wording] as usize;
            let wordings = self.starts[entry + 1] - self.starts[entry];
            let likeness = score::likeness(wordings, of_entry.iter().map(|similar| similar.similarity));
            (self.entries[entry], Signals { likeness, learnt: learnt[entry] })
        })
    }

    /// The wordings that have something in common with the question, ordered by number: all of them, or in a large index
    /// the best candidates.
    pub(super) fn similar(&self, question: &[Vector; 3]) -> Vec<Similar> {
        let mut lists: Vec<(Kind, u32, f32)> = Vec::new();
        for kind in Kind::ALL {
            let known = question[kind as usize].iter();
            lists.extend(known.map(|(piece, weight)| (kind, *piece, kind.share() * weight)));
        }
        let length = |(kind, piece, _): &(Kind, u32, f32)| self.kinds[*kind as usize].wordings_with(*piece);
        let is_exact = lists.iter().map(length).sum::<usize>() <= POSTINGS_READ;
        if !is_exact {
            lists.sort_by_key(length);
        }
        let mut sums = vec![0.0; self.texts.len()];
        let mut read = 0;
        for list in &lists {
            read += length(list);
            if !is_exact && read > POSTINGS_READ {
                break;
            }
            let (kind, piece, factor) = *list;
            self.kinds[kind as usize].add_products(piece, factor, &mut sums);
        }
        let found = sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0.0);
        let mut similar: Vec<Similar> = found.map(|(wording, similarity)| Similar { wording, similarity }).collect();
        if !is_exact {
            keep_most_similar(&mut similar, CANDIDATES);
            for candidate in &mut similar {
                candidate.similarity = self.similarity(question, candidate.wording);
            }
            similar.sort_unstable_by_key(|similar| similar.wording);
        }
        similar
    }

    /// The similarity of a question to a wording, in `0..=1`.
    fn similarity(&self, question: &[Vector; 3], wording: usize) -> f32 {
        let of_kind =
            |kind: Kind| kind.share() * product(&question[kind as usize], self.kinds[kind as usize].vector(wording));
        Kind::ALL.into_iter().map(of_kind).sum()
    }

    /// A wording's pieces in the form of a question's.
    fn as_question(&self, wording: usize) -> [Vector; 3] {
        std::array::from_fn(|kind| self.kinds[kind].vector(wording).collect())
    }

    /// Learns from all wordings.
    #[allow(clippy::cast_precision_loss, reason = "counts are at most 2,000")]
    fn learn(&self) -> Learnt {
        let (wordings, entries) = (self.texts.len(), self.entries.len());
        let mut kernel = Symmetric::zeros(wordings);
        for wording in 0..wordings {
            let mut sums = vec![0.0; wordings];
            for kind in Kind::ALL {
                let inverted = &self.kinds[kind as usize];
                for (piece, weight) in inverted.vector(wording) {
                    inverted.add_products(piece, kind.share() * weight, &mut sums);
                }
            }
            for (value, similarity) in kernel.row(wording).iter_mut().zip(sums) {
                *value = (similarity + BIAS) / (1.0 + BIAS);
            }
        }
        kernel.penalise();

        let mut coefficients = vec![0.0; wordings * entries];
        for (wording, entry) in self.entry_of.iter().enumerate() {
            coefficients[wording * entries + *entry as usize] = 1.0;
        }
        kernel.solve(&mut coefficients, entries);
        for coefficient in &mut coefficients {
            *coefficient /= 1.0 + BIAS;
        }

        let constant = |entry: usize| BIAS * coefficients.iter().skip(entry).step_by(entries).sum::<f32>();
        let mut constants: Vec<f32> = (0..entries).map(constant).collect();
        let least = constants.iter().copied().fold(f32::INFINITY, f32::min);
        for constant in &mut constants {
            *constant -= least;
        }
        Learnt { coefficients, constants }
    }

    /// By entry, what regression on the wordings most similar to one question says: the same as [`Learnt::about`], but
    /// learnt on the spot and without constants.
    fn learn_about(&self, similar: &[Similar]) -> Vec<f32> {
        let mut nearest = similar.to_vec();
        keep_most_similar(&mut nearest, NEIGHBOURS);
        let questions: Vec<_> = nearest.iter().map(|near| self.as_question(near.wording)).collect();
        let mut kernel = Symmetric::zeros(nearest.len());
        for (place, question) in questions.iter().enumerate() {
            for (value, other) in kernel.row(place).iter_mut().zip(&nearest) {
                *value = self.similarity(question, other.wording);
            }
        }
        kernel.penalise();
        let mut weights: Vec<f32> = nearest.iter().map(|near| near.similarity).collect();
        kernel.solve(&mut weights, 1);
        let mut learnt = vec![0.0; self.entries.len()];
        for (near, weight) in nearest.iter().zip(weights) {
            learnt[self.entry_of[near.wording] as usize] += weight;
        }
        learnt
    }
}

impl Learnt {
    /// By entry, what the similarities of one question say.
    fn about(&self, similar: &[Similar]) -> Vec<f32> {
        let mut sums = self.constants.clone();
        for Similar { wording, similarity } in similar {
            let row = &self.coefficients[wording * sums.len()..(wording + 1) * sums.len()];
            for (sum, coefficient) in sums.iter_mut().zip(row) {
                *sum += similarity * coefficient;
            }
        }
        sums
    }
}

/// Keeps the `most` most similar, in no particular order; at equal similarity those with lower numbers.
fn keep_most_similar(similar: &mut Vec<Similar>, most: usize) {
    if similar.len() > most {
        let order = |a: &Similar, b: &Similar| b.similarity.total_cmp(&a.similarity).then(a.wording.cmp(&b.wording));
        similar.select_nth_unstable_by(most, order);
        similar.truncate(most);
    }
}
