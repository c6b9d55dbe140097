//! The key: what makes members and wordings recognisable without being kept.

use std::fmt::{self, Write as _};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::ids::MemberId;

/// How much of a hash is kept, in bytes.
const HASH_BYTES: usize = 16;

/// A secret from which hashes are made: the same input gives the same hash, and nobody without the secret can tell
/// whose it is, or try which input gives it.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// A member who voted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MemberHash(pub(super) String);

/// The words of a question, by which the same question joins one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordingHash(pub(super) String);

impl Key {
    /// The key that belongs to `secret`, which should be long and is best the bot's token: with another secret, all
    /// hashes made before become anonymous.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let key = keyed(secret).chain_update(b"needle store").finalize().into_bytes();
        Self(keyed(&key))
    }

    /// The hash of a member.
    #[must_use]
    pub fn member(&self, member: MemberId) -> MemberHash {
        MemberHash(self.hash(b"member", &member.0.to_be_bytes()))
    }

    /// The hash of a question's words, which the caller has folded, so that what means the same is the same text.
    #[must_use]
    pub fn wording(&self, folded: &str) -> WordingHash {
        WordingHash(self.hash(b"wording", folded.as_bytes()))
    }

    fn hash(&self, purpose: &[u8], input: &[u8]) -> String {
        // No purpose holds a 0, so that purpose and input cannot be taken for another pair.
        let mac = self.0.clone().chain_update(purpose).chain_update([0]).chain_update(input).finalize().into_bytes();
        let mut hex = String::with_capacity(2 * HASH_BYTES);
        for byte in &mac[..HASH_BYTES] {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(redacted)")
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}
