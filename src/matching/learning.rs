//! Learning: what the wordings of all entries say about a question, by [ridge regression](super::ridge).

use super::index::Index;
use super::pieces::Kind;
use super::ridge::Symmetric;
use super::search::{Similar, keep_most_similar};

/// The most wordings that are learnt from as a whole; above, each question solves a small regression on the
/// [`NEIGHBOURS`] closest wordings. Learning costs time that grows with the cube of the number.
pub(super) const LEARN_WORDINGS: usize = 2_000;

/// The constant similarity that all wordings share, so that the regression can learn how common an entry is.
const BIAS: f32 = 0.02;

/// How many wordings the regression for a single question looks at.
const NEIGHBOURS: usize = 32;

/// What ridge regression learnt from all wordings.
#[derive(Debug)]
pub(super) struct Learnt {
    /// By wording and entry: how much the similarity to the wording says for the entry.
    coefficients: Vec<f32>,
    /// By entry: what the constant similarity says for it, 0 for the entry for which it says least.
    constants: Vec<f32>,
}

impl Index {
    /// Learns from all wordings.
    #[allow(clippy::cast_precision_loss, reason = "counts are at most 2,000")]
    pub(super) fn learn(&self) -> Learnt {
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
    pub(super) fn learn_about(&self, similar: &[Similar]) -> Vec<f32> {
        let mut nearest = similar.to_vec();
        keep_most_similar(&mut nearest, NEIGHBOURS);
        let mut kernel = Symmetric::zeros(nearest.len());
        // Every component by the place of its wording; then by piece, so that each is met with all that have it. Plain
        // numbers, of a key and a place in `components`, sort fastest.
        let mut components: Vec<(usize, f32)> = Vec::new();
        let mut by_piece: Vec<u64> = Vec::new();
        for (place, near) in nearest.iter().enumerate() {
            for (key, x) in self.components(near.wording) {
                by_piece.push(u64::from(key.0) << 32 | components.len() as u64);
                components.push((place, x));
            }
        }
        by_piece.sort_unstable();
        #[allow(clippy::cast_possible_truncation, reason = "the lower half is a place in `components`")]
        let component = |entry: &u64| components[*entry as u32 as usize];
        for of_piece in by_piece.chunk_by(|a, b| a >> 32 == b >> 32) {
            for (number, entry) in of_piece.iter().enumerate() {
                let (place, x) = component(entry);
                let row = kernel.row(place);
                for (other, y) in of_piece[..=number].iter().map(component) {
                    row[other] += x * y;
                }
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
    pub(super) fn about(&self, similar: &[Similar]) -> Vec<f32> {
        let entries = self.constants.len();
        let row = |wording: usize| &self.coefficients[wording * entries..][..entries];
        // Four at a time: each sum is read and written once for all of them.
        let rows: Vec<(&[f32], f32)> = similar.iter().map(|near| (row(near.wording), near.similarity)).collect();
        let (fours, rest) = rows.as_chunks::<4>();
        let mut sums = self.constants.clone();
        for [(a, of_a), (b, of_b), (c, of_c), (d, of_d)] in fours {
            for ((((sum, a), b), c), d) in sums.iter_mut().zip(*a).zip(*b).zip(*c).zip(*d) {
                *sum += (of_a * a + of_b * b) + (of_c * c + of_d * d);
            }
        }
        for (row, similarity) in rest {
            for (sum, coefficient) in sums.iter_mut().zip(*row) {
                *sum += similarity * coefficient;
            }
        }
        sums
    }
}
