//! Types by the names that databases, Django and other languages give them.

/// What the type `name` of another language is called here.
///
/// ```
/// assert_eq!(djq_syntax::brought_type("VARCHAR"), Some("text"));
/// assert_eq!(djq_syntax::brought_type("text"), None);
/// ```
#[must_use]
pub fn brought_type(name: &str) -> Option<&'static str> {
    Some(match &*name.to_lowercase() {
        "string" | "str" | "varchar" | "char" | "character" | "citext" | "charfield"
        | "textfield" | "slug" | "email" | "url" => "text",
        "integer" | "int4" | "int2" | "smallint" | "tinyint" | "serial" | "signed" | "i32"
        | "i16" => "int",
        "int8" | "long" | "bigserial" | "i64" => "bigint",
        "boolean" => "bool",
        "double" | "real" | "float8" | "float4" | "f64" | "f32" => "float",
        "numeric" | "number" | "money" => "decimal",
        "timestamp" | "timestamptz" | "instant" => "datetime",
        "interval" | "timedelta" => "duration",
        "bytea" | "blob" | "binary" | "varbinary" => "bytes",
        "jsonb" => "json",
        "guid" => "uuid",
        "ip" | "cidr" => "inet",
        _ => return None,
    })
}
