//! A stem: what is left of an English word without its inflection.

use rust_stemmers::{Algorithm, Stemmer};

/// The length of the longest word that is stemmed, in bytes: no English word is half as long, and the stemmer's time
/// grows with the square.
const LONGEST_BYTES: usize = 100;

/// The stem of a folded word, by the English Snowball algorithm (Porter2).
pub(crate) fn stem(word: &str) -> String {
    if word.len() > LONGEST_BYTES {
        return word.to_owned();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_what_is_a_word() {
        assert_eq!(stem("needles"), "needl");
        assert_eq!(stem(&format!("{}needles", "a".repeat(LONGEST_BYTES - 7))), format!("{}needl", "a".repeat(93)));
    }

    /// The time would grow with the square of the length, to minutes at this one.
    #[test]
    fn takes_words_of_any_length() {
        let long = "ay".repeat(1_000_000);
        assert_eq!(stem(&long), long);
    }
}
