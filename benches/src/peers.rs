//! Needle and three others behind one face: an index made once, then the entry of the best phrasing for a question.
//!
//! Every matcher sees the same lower-case text. The others are used as their documentation advises for repeated
//! questions: what can be prepared once is.

use needle::matching::Index as NeedleIndex;
use needle::matching::words::words;
use rapidfuzz::fuzz::RatioBatchComparator;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TEXT};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// The most edits between a word of a question and a word that tantivy takes for it.
const FUZZY_EDITS: u8 = 1;

/// How many results tantivy is asked for: as many as Needle suggests.
const RESULTS: usize = 4;

/// Finds the entry of the best phrasing.
pub trait Matcher {
    /// The number of the best entry for `question`; `None` where nothing is alike.
    fn best(&self, question: &str) -> Option<usize>;
}

/// Prepares a matcher for phrasings.
pub type Prepare = fn(&[(usize, &str)]) -> Box<dyn Matcher>;

/// Every matcher by name.
pub const ALL: [(&str, Prepare); 4] = [
    ("needle", |phrasings| Box::new(Needle::new(phrasings))),
    ("tantivy", |phrasings| Box::new(Tantivy::new(phrasings))),
    ("rapidfuzz", |phrasings| Box::new(Ratio::new(phrasings))),
    ("jaro-winkler", |phrasings| Box::new(JaroWinkler::new(phrasings))),
];

/// Needle: the text is taken apart and the entries are ranked.
#[derive(Debug)]
pub struct Needle(NeedleIndex);

impl Needle {
    /// Builds the index.
    #[must_use]
    pub fn new(phrasings: &[(usize, &str)]) -> Self {
        Self(NeedleIndex::build(phrasings, []))
    }
}

impl Matcher for Needle {
    fn best(&self, question: &str) -> Option<usize> {
        self.0.rank(&words(question)).first().map(|found| found.entry)
    }
}

/// `strsim`'s Jaro-Winkler similarity of whole strings.
#[derive(Debug)]
pub struct JaroWinkler(Vec<(usize, String)>);

impl JaroWinkler {
    /// Keeps the phrasings.
    #[must_use]
    pub fn new(phrasings: &[(usize, &str)]) -> Self {
        Self(phrasings.iter().map(|(entry, text)| (*entry, text.to_lowercase())).collect())
    }
}

impl Matcher for JaroWinkler {
    fn best(&self, question: &str) -> Option<usize> {
        let question = question.to_lowercase();
        best_of(self.0.iter().map(|(entry, text)| (*entry, strsim::jaro_winkler(&question, text))))
    }
}

/// `rapidfuzz`'s ratio of whole strings, with the question prepared for comparing it often.
#[derive(Debug)]
pub struct Ratio(Vec<(usize, String)>);

impl Ratio {
    /// Keeps the phrasings.
    #[must_use]
    pub fn new(phrasings: &[(usize, &str)]) -> Self {
        Self(JaroWinkler::new(phrasings).0)
    }
}

impl Matcher for Ratio {
    fn best(&self, question: &str) -> Option<usize> {
        let question = RatioBatchComparator::new(question.to_lowercase().chars());
        best_of(self.0.iter().map(|(entry, text)| (*entry, question.similarity(text.chars()))))
    }
}

/// `tantivy` with its index in memory: for each word, the word itself (scored by BM25) or any word within
/// [`FUZZY_EDITS`] edits (a constant score).
pub struct Tantivy {
    searcher: Searcher,
    text: Field,
}

impl Tantivy {
    /// Builds the index.
    ///
    /// # Panics
    /// When tantivy fails.
    #[must_use]
    pub fn new(phrasings: &[(usize, &str)]) -> Self {
        Self::try_new(phrasings).expect("an index in memory fails only for want of memory")
    }

    fn try_new(phrasings: &[(usize, &str)]) -> tantivy::Result<Self> {
        const BUFFER_BYTES: usize = 100_000_000;
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let entry = schema.add_u64_field("entry", FAST);
        let index = Index::create_in_ram(schema.build());
        // One thread, so that there is one segment: the fastest to search.
        let mut writer = index.writer_with_num_threads(1, BUFFER_BYTES)?;
        for (number, phrasing) in phrasings {
            let mut document = TantivyDocument::new();
            document.add_text(text, phrasing);
            document.add_u64(entry, *number as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(Self { searcher: index.reader()?.searcher(), text })
    }

    fn try_best(&self, question: &str) -> tantivy::Result<Option<usize>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in question.to_lowercase().split_whitespace() {
            let term = Term::from_field_text(self.text, word);
            let exact = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(exact)));
            clauses.push((Occur::Should, Box::new(FuzzyTermQuery::new(term, FUZZY_EDITS, true))));
        }
        let found =
            self.searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(RESULTS).order_by_score())?;
        let Some((_, address)) = found.first() else { return Ok(None) };
        let entries = self.searcher.segment_reader(address.segment_ord).fast_fields().u64("entry")?;
        Ok(entries.first(address.doc_id).and_then(|entry| usize::try_from(entry).ok()))
    }
}

impl Matcher for Tantivy {
    fn best(&self, question: &str) -> Option<usize> {
        self.try_best(question).expect("an index in memory can be searched")
    }
}

/// The first entry of the greatest similarity.
fn best_of(similarities: impl Iterator<Item = (usize, f64)>) -> Option<usize> {
    similarities.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(entry, _)| entry)
}
