//! A hash: a number that stands for a short text.

/// FNV-1a of 64 bits (Fowler, Noll and Vo) over `parts`, bytes or chars: as good as any for words, and far quicker for
/// short ones. The upper half is the better one.
pub(crate) fn fnv1a(parts: impl Iterator<Item = u32>) -> u64 {
    parts.fold(0xcbf2_9ce4_8422_2325, |hash, part| (hash ^ u64::from(part)).wrapping_mul(0x0000_0100_0000_01b3))
}
