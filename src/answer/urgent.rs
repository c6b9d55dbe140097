//! Urgent signs.
use crate::knowledge::UrgentDocument;
use crate::matching::words::Word;
/// Signs
#[derive(Debug)]
pub struct Signs;
/// Danger
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Danger {
    /// place in Knowledge::urgent
    pub document: usize,
    /// sign
    pub sign: String,
}
impl Signs {
    /// new
    #[must_use]
    pub fn new(_documents: &[UrgentDocument]) -> Self {
        Self
    }
    /// find
    #[must_use]
    pub fn find(&self, _words: &[Word]) -> Option<Danger> {
        None
    }
}
