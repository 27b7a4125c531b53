//! The types that a field can have.

/// A field's type in djq's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// True or false.
    Bool,
    /// 32 bits or fewer.
    Int,
    /// 64 bits.
    BigInt,
    /// Double precision.
    Float,
    /// Exact, with precision and scale in decimal digits.
    Decimal(u16, u16),
    /// Unicode text.
    Text,
    /// Bytes.
    Bytes,
    /// A day.
    Date,
    /// A time of day, in microseconds.
    Time,
    /// A moment, in microseconds, UTC where the project uses time zones.
    DateTime,
    /// A length of time, in microseconds.
    Duration,
    /// A UUID.
    Uuid,
    /// JSON.
    Json,
    /// An IP address.
    Inet,
    /// PostgreSQL's text-to-text map.
    HStore,
    /// PostgreSQL's array.
    Array(Box<FieldType>),
    /// PostgreSQL's range.
    Range(Box<FieldType>),
    /// PostgreSQL's full-text document.
    SearchVector,
    /// A type djq does not know, by its database name: it can be selected and compared with null only.
    Unknown(Box<str>),
}
