//! A stem: what is left of an English word without its inflection.

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a folded word, by the English Snowball algorithm (Porter2).
pub(crate) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}
