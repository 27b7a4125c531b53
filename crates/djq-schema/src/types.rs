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

/// The types that are written without arguments.
const PLAIN: &[(&str, FieldType)] = &[
    ("bool", FieldType::Bool),
    ("int", FieldType::Int),
    ("bigint", FieldType::BigInt),
    ("float", FieldType::Float),
    ("text", FieldType::Text),
    ("bytes", FieldType::Bytes),
    ("date", FieldType::Date),
    ("time", FieldType::Time),
    ("datetime", FieldType::DateTime),
    ("duration", FieldType::Duration),
    ("uuid", FieldType::Uuid),
    ("json", FieldType::Json),
    ("inet", FieldType::Inet),
    ("hstore", FieldType::HStore),
    ("tsvector", FieldType::SearchVector),
];

/// Lists of lists deeper than this no database has.
const MAX_DIMENSIONS: u32 = 6;

/// Precision and scale of a decimal without bounds: the largest that MySQL has, which has the least.
const UNBOUNDED: (u16, u16) = (65, 30);

impl FieldType {
    /// The type of these words: `int`, `decimal(8, 2)`, `[text]`, `range<date>`.
    ///
    /// ```
    /// use djq_schema::FieldType;
    /// assert_eq!(FieldType::parse("[decimal(8, 2)]"), Some(FieldType::Array(Box::new(FieldType::Decimal(8, 2)))));
    /// assert_eq!(FieldType::parse("number"), None);
    /// ```
    #[must_use]
    pub fn parse(words: &str) -> Option<Self> {
        parse(words, 0)
    }

    /// Names of types that [`FieldType::parse`] and snapshots know.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        PLAIN
            .iter()
            .map(|(name, _)| *name)
            .chain(["decimal", "array", "range", "unknown"])
    }
}

fn parse(words: &str, depth: u32) -> Option<FieldType> {
    let words = words.trim();
    if depth > MAX_DIMENSIONS {
        return None;
    }
    match words {
        "decimal" => return Some(FieldType::Decimal(UNBOUNDED.0, UNBOUNDED.1)),
        "unknown" => return Some(FieldType::Unknown("unknown".into())),
        _ => {}
    }
    if let Some((_, ty)) = PLAIN.iter().find(|(name, _)| *name == words) {
        return Some(ty.clone());
    }
    if let Some(element) = words
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return Some(FieldType::Array(Box::new(parse(element, depth + 1)?)));
    }
    if let Some(bound) = words
        .strip_prefix("range<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        return Some(FieldType::Range(Box::new(parse(bound, depth + 1)?)));
    }
    let (precision, scale) = words
        .strip_prefix("decimal(")?
        .strip_suffix(')')?
        .split_once(',')?;
    let (precision, scale) = (precision.trim().parse().ok()?, scale.trim().parse().ok()?);
    (scale <= precision && precision > 0).then_some(FieldType::Decimal(precision, scale))
}

/// In djq's words, as queries write it; an unknown type by its database name.
impl std::fmt::Display for FieldType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FieldType::Decimal(precision, scale) => write!(f, "decimal({precision}, {scale})"),
            FieldType::Array(element) => write!(f, "[{element}]"),
            FieldType::Range(bound) => write!(f, "range<{bound}>"),
            FieldType::Unknown(name) => f.write_str(name),
            plain => f.write_str(
                PLAIN
                    .iter()
                    .find(|(_, ty)| ty == plain)
                    .map_or("", |(name, _)| name),
            ),
        }
    }
}
