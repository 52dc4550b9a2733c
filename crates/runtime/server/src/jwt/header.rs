//! The header of a token (RFC 7515, 4.1), which is read before anything is known of who wrote it.
//!
//! In comes the token; out go its algorithm and the name of its key. Holds: the token is not long, is one that
//! may be an access token, and asks for nothing that is not understood.

use jsonwebtoken::decode_header;

use super::algorithm::Algorithm;
use super::flaw::Flaw;

/// The most bytes that a token may have. Those with many groups and roles have about half of it.
const LENGTH: usize = 16 * 1024;

pub(super) struct Header {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: String,
}

impl Header {
    pub(super) fn of(token: &str) -> Result<Self, Flaw> {
        if token.len() > LENGTH {
            return Err(Flaw::Length);
        }
        let header = decode_header(token).map_err(|_| Flaw::Header)?;
        if header.crit.is_some() {
            return Err(Flaw::CriticalHeader);
        }
        if !header.typ.as_deref().is_none_or(may_be_access_token) {
            return Err(Flaw::Type);
        }
        let algorithm = Algorithm::of(header.alg).ok_or(Flaw::Algorithm)?;
        let key_id = header.kid.filter(|id| !id.is_empty()).ok_or(Flaw::NoKey)?;
        Ok(Self { algorithm, key_id })
    }
}

/// Whether `typ` is that of a token for any use (RFC 7519, 5.1), or of an access token (RFC 9068, 2.1).
fn may_be_access_token(typ: &str) -> bool {
    ["JWT", "at+jwt", "application/at+jwt"].iter().any(|known| known.eq_ignore_ascii_case(typ))
}
