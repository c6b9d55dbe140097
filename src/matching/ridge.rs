//! Ridge regression: learns from the wordings alone which likeness tells entries apart.
//!
//! Kernel ridge regression, one entry against the rest, on the similarity of wordings as the kernel (Saunders,
//! Gammerman and Vovk, 1998): `A α = Y`, where `A` is the wordings' similarities plus a penalty on the diagonal and
//! `Y` says which wording belongs to which entry. A question's likeness to an entry is then the sum of its
//! similarities to all wordings, each times that wording's `α` for the entry: wordings of the entry count for it,
//! and wordings of other entries that share its words count against it.

/// The penalty on the diagonal. Smaller ones trust single wordings more; accuracy is flat from 0.2 to 0.5.
const PENALTY: f32 = 0.3;

/// A symmetric positive definite matrix, of which only the lower triangle is kept, row by row.
#[derive(Debug)]
pub(super) struct Symmetric {
    size: usize,
    rows: Vec<f32>,
}

impl Symmetric {
    /// A matrix of zeros.
    pub(super) fn zeros(size: usize) -> Self {
        Self { size, rows: vec![0.0; size * (size + 1) / 2] }
    }

    /// The row `number` up to and with the diagonal.
    pub(super) fn row(&mut self, number: usize) -> &mut [f32] {
        let start = number * (number + 1) / 2;
        &mut self.rows[start..=start + number]
    }

    fn split_row(&mut self, number: usize) -> (&[f32], &mut [f32]) {
        let start = number * (number + 1) / 2;
        let (above, row) = self.rows.split_at_mut(start);
        (above, &mut row[..=number])
    }

    /// Solves `self · X = Y` in place for `width` right sides, where `sides` is row-major: Cholesky's decomposition
    /// (by rows), then substitution forwards and backwards. O(n³ / 6 + n² · width) multiplications.
    pub(super) fn solve(mut self, sides: &mut [f32], width: usize) {
        for i in 0..self.size {
            let (above, row) = self.split_row(i);
            for j in 0..=i {
                let (head, tail) = row.split_at_mut(j);
                if j < i {
                    let other = &above[j * (j + 1) / 2..=j * (j + 1) / 2 + j];
                    tail[0] = (tail[0] - dot(head, &other[..j])) / other[j];
                } else {
                    // Rounding alone can bring this near zero; the penalty keeps the true value above it.
                    tail[0] = (tail[0] - dot(head, head)).max(f32::EPSILON).sqrt();
                }
            }
        }
        for i in 0..self.size {
            let row = self.row(i).to_vec();
            let (above, below) = sides.split_at_mut(i * width);
            let side = &mut below[..width];
            for (j, factor) in row[..i].iter().enumerate() {
                subtract(side, &above[j * width..(j + 1) * width], *factor);
            }
            divide(side, row[i]);
        }
        for i in (0..self.size).rev() {
            let row = self.row(i).to_vec();
            let (above, below) = sides.split_at_mut(i * width);
            let side = &mut below[..width];
            divide(side, row[i]);
            for (j, factor) in row[..i].iter().enumerate() {
                subtract(&mut above[j * width..(j + 1) * width], side, *factor);
            }
        }
    }

    /// Adds the penalty to the diagonal, each time scaled by `scale` of the row.
    pub(super) fn penalise(&mut self, scale: impl Fn(usize) -> f32) {
        for number in 0..self.size {
            self.row(number)[number] += PENALTY * scale(number);
        }
    }
}

/// The sum of the products of the components, in lanes that the compiler can keep in vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// `target /= divisor`.
fn divide(target: &mut [f32], divisor: f32) {
    for value in target {
        *value /= divisor;
    }
}

/// `target -= factor · values`.
fn subtract(target: &mut [f32], values: &[f32], factor: f32) {
    for (value, other) in target.iter_mut().zip(values) {
        *value -= factor * other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_what_it_is_given() {
        // A = M·Mᵀ + I for a fixed M; X is chosen, Y = A·X computed, and X found again.
        let size = 37;
        let entry = |i: usize, j: usize| f32::from(u8::try_from((i * 7 + j * 13) % 11).unwrap_or(0)) / 11.0 - 0.4;
        let full = |i: usize, j: usize| {
            (0..size).map(|k| entry(i, k) * entry(j, k)).sum::<f32>() + if i == j { 1.0 } else { 0.0 }
        };
        let wanted: Vec<f32> = (0..size * 2).map(|i| entry(i, 3)).collect();
        let mut matrix = Symmetric::zeros(size);
        for i in 0..size {
            for j in 0..=i {
                matrix.row(i)[j] = full(i, j);
            }
        }
        let mut sides = vec![0.0; size * 2];
        for i in 0..size {
            for side in 0..2 {
                sides[i * 2 + side] = (0..size).map(|j| full(i, j) * wanted[j * 2 + side]).sum();
            }
        }
        matrix.solve(&mut sides, 2);
        for (found, wanted) in sides.iter().zip(&wanted) {
            assert!((found - wanted).abs() < 1e-3, "{found} is not {wanted}");
        }
    }
}
