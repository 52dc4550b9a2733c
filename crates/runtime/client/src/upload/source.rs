//! What is uploaded: bytes in memory, or whatever gives a range of them.
//!
//! A range may be read again, after a failure: a source gives the same bytes each time.

use std::fmt;
use std::future::Future;
use std::io;
use std::ops::Range;

use bytes::Bytes;

use crate::transport::BoxFuture;

/// Bytes of which any range can be read, any number of times.
pub trait UploadSource: Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// The bytes of a range, which lies within the length.
    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>>;
}

impl UploadSource for Bytes {
    fn length(&self) -> u64 {
        // No memory is longer.
        u64::try_from(self.len()).unwrap_or(u64::MAX)
    }

    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
        let start = usize::try_from(range.start).ok().filter(|start| *start <= self.len());
        let end = usize::try_from(range.end).ok().filter(|end| *end <= self.len());
        let read = match (start, end) {
            (Some(start), Some(end)) if start <= end => Ok(self.slice(start..end)),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        };
        Box::pin(std::future::ready(read))
    }
}

/// A source made of a function that gives a range: of a file, of an object in another store.
pub struct RangeSource<F> {
    length: u64,
    read: F,
}

impl<F, R> RangeSource<F>
where
    F: Fn(Range<u64>) -> R + Send + Sync,
    R: Future<Output = io::Result<Bytes>> + Send + 'static,
{
    /// `length` bytes, of which `read` gives any range.
    pub fn new(length: u64, read: F) -> Self {
        Self { length, read }
    }
}

impl<F, R> UploadSource for RangeSource<F>
where
    F: Fn(Range<u64>) -> R + Send + Sync,
    R: Future<Output = io::Result<Bytes>> + Send + 'static,
{
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, range: Range<u64>) -> BoxFuture<'_, io::Result<Bytes>> {
        Box::pin((self.read)(range))
    }
}

impl<F> fmt::Debug for RangeSource<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RangeSource").field("length", &self.length).finish_non_exhaustive()
    }
}
