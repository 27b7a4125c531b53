//! The types of expressions, with their nullability.

use djq_schema::{FieldId, FieldType, ModelId};

/// A type and whether a value of it may be null.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ty {
    /// What it is.
    pub kind: Type,
    /// Whether it may be null.
    pub nullable: bool,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// True or false.
    Bool,
    /// 32 bits.
    Int,
    /// 64 bits.
    BigInt,
    /// Double precision.
    Float,
    /// Exact: all digits, digits behind the point.
    Decimal(u16, u16),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A moment in UTC, microseconds.
    DateTime,
    /// A length of time, microseconds.
    Duration,
    /// Months, which have no length: the type of `1 month`; only a step to add.
    Calendar,
    /// A UUID.
    Uuid,
    /// JSON.
    Json,
    /// An IP address.
    Inet,
    /// Text to text.
    HStore,
    /// An array in the database.
    Array(Box<Type>),
    /// A range in the database.
    Range(Box<Type>),
    /// A full-text document.
    SearchVector,
    /// The values of a field's `choices`; the base is text or int.
    Choices(FieldId, Box<Type>),
    /// A parameter's `'a' | 'b'`.
    Union(Box<[Box<str>]>),
    /// The key of a model's row: what a relation or a source stands for as a value. The columns behind it
    /// have the types of the model's primary key.
    Key(ModelId),
    /// A list parameter.
    List(Box<Ty>),
    /// `(a, b)`, and a row-list parameter's element (then the names are not empty).
    Row(Box<[(Box<str>, Ty)]>),
    /// A column whose type djq does not know.
    Unknown(Box<str>),
    /// The literal `null`, which takes any type.
    Null,
    /// Of something whose diagnostic has been given; fits everything.
    Error,
}

impl Type {
    /// This type, never null.
    #[must_use]
    pub fn required(self) -> Ty {
        Ty {
            kind: self,
            nullable: false,
        }
    }

    /// This type or null.
    #[must_use]
    pub fn nullable(self) -> Ty {
        Ty {
            kind: self,
            nullable: true,
        }
    }

    /// The type behind choices and unions: what the database sees.
    #[must_use]
    pub fn base(&self) -> &Type {
        match self {
            Type::Choices(_, base) => base,
            Type::Union(_) => &Type::Text,
            other => other,
        }
    }

    /// Whether arithmetic takes it.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(
            self.base(),
            Type::Int | Type::BigInt | Type::Float | Type::Decimal(..)
        )
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self.base(), Type::Int | Type::BigInt)
    }
}

impl Ty {
    /// The same type, null or not as said.
    #[must_use]
    pub fn with_null(self, nullable: bool) -> Ty {
        Ty { nullable, ..self }
    }
}

impl From<&FieldType> for Type {
    fn from(field: &FieldType) -> Type {
        match field {
            FieldType::Bool => Type::Bool,
            FieldType::Int => Type::Int,
            FieldType::BigInt => Type::BigInt,
            FieldType::Float => Type::Float,
            FieldType::Decimal(precision, scale) => Type::Decimal(*precision, *scale),
            FieldType::Text => Type::Text,
            FieldType::Bytes => Type::Bytes,
            FieldType::Date => Type::Date,
            FieldType::Time => Type::Time,
            FieldType::DateTime => Type::DateTime,
            FieldType::Duration => Type::Duration,
            FieldType::Uuid => Type::Uuid,
            FieldType::Json => Type::Json,
            FieldType::Inet => Type::Inet,
            FieldType::HStore => Type::HStore,
            FieldType::Array(of) => Type::Array(Box::new(Type::from(&**of))),
            FieldType::Range(of) => Type::Range(Box::new(Type::from(&**of))),
            FieldType::SearchVector => Type::SearchVector,
            FieldType::Unknown(name) => Type::Unknown(name.clone()),
        }
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Bool => f.write_str("bool"),
            Type::Int => f.write_str("int"),
            Type::BigInt => f.write_str("bigint"),
            Type::Float => f.write_str("float"),
            Type::Decimal(precision, scale) => write!(f, "decimal({precision}, {scale})"),
            Type::Text => f.write_str("text"),
            Type::Bytes => f.write_str("bytes"),
            Type::Date => f.write_str("date"),
            Type::Time => f.write_str("time"),
            Type::DateTime => f.write_str("datetime"),
            Type::Duration => f.write_str("duration"),
            Type::Calendar => f.write_str("calendar step"),
            Type::Uuid => f.write_str("uuid"),
            Type::Json => f.write_str("json"),
            Type::Inet => f.write_str("inet"),
            Type::HStore => f.write_str("hstore"),
            Type::Array(of) => write!(f, "[{of}]"),
            Type::Range(of) => write!(f, "range<{of}>"),
            Type::SearchVector => f.write_str("search vector"),
            Type::Choices(_, base) => write!(f, "{base} (choices)"),
            Type::Union(values) => {
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}'{value}'", if index == 0 { "" } else { " | " })?;
                }
                Ok(())
            }
            Type::Key(_) => f.write_str("key of a model"),
            Type::List(of) => write!(f, "[{of}]"),
            Type::Row(fields) => {
                f.write_str("(")?;
                for (index, (name, ty)) in fields.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    if !name.is_empty() {
                        write!(f, "{name}: ")?;
                    }
                    write!(f, "{ty}")?;
                }
                f.write_str(")")
            }
            Type::Unknown(name) => write!(f, "unknown type `{name}`"),
            Type::Null => f.write_str("null"),
            Type::Error => f.write_str("?"),
        }
    }
}

impl std::fmt::Display for Ty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.kind, if self.nullable { "?" } else { "" })
    }
}
