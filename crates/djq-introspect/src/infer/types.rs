//! From the type of a column to the type of Django's field.

use djq_client::Database;
use djq_schema::FieldEntry;

use crate::catalog::Column;

/// Gives a field the type that its column says it has.
pub(super) fn fill(field: &mut FieldEntry, column: &Column, database: Database) {
    let (name, arguments) = split(&column.ty);
    let own_uuid = database != Database::Postgres;
    let (ty, django) = match name.as_str() {
        _ if column.is_json => ("json", "JSONField"),
        _ if column.is_enum => ("text", "CharField"),
        "bool" | "boolean" => ("bool", "BooleanField"),
        "tinyint" | "bit" if arguments == [1] => ("bool", "BooleanField"),
        "smallint" | "int2" | "tinyint" if column.identity => ("int", "SmallAutoField"),
        "integer" | "int" | "int4" | "serial" | "mediumint" if column.identity => {
            ("int", "AutoField")
        }
        "bigint" | "int8" | "bigserial" if column.identity => ("bigint", "BigAutoField"),
        "integer" | "int" | "int4" | "mediumint" => ("int", "IntegerField"),
        "smallint" | "int2" | "tinyint" => ("int", "SmallIntegerField"),
        "integer unsigned" | "int unsigned" | "mediumint unsigned" => {
            ("int", "PositiveIntegerField")
        }
        "smallint unsigned" | "tinyint unsigned" => ("int", "PositiveSmallIntegerField"),
        "bigint" | "int8" => ("bigint", "BigIntegerField"),
        "bigint unsigned" => ("bigint", "PositiveBigIntegerField"),
        "real" | "double" | "double precision" | "float" | "float4" | "float8" => {
            ("float", "FloatField")
        }
        "decimal" | "numeric" => ("decimal", "DecimalField"),
        // A CharField is `varchar` everywhere: Django uses `char` for these alone.
        "char" if own_uuid && arguments == [32] => ("uuid", "UUIDField"),
        "char" if own_uuid && arguments == [39] => ("inet", "GenericIPAddressField"),
        "varchar" | "character varying" | "char" | "character" | "nvarchar" | "nchar" => {
            ("text", "CharField")
        }
        "text" | "longtext" | "mediumtext" | "tinytext" | "clob" | "citext" | "xml" => {
            ("text", "TextField")
        }
        "enum" | "set" => ("text", "CharField"),
        "uuid" => ("uuid", "UUIDField"),
        "inet" | "inet6" | "cidr" => ("inet", "GenericIPAddressField"),
        "date" => ("date", "DateField"),
        "time" | "time without time zone" => ("time", "TimeField"),
        "datetime" | "timestamp" | "timestamp with time zone" | "timestamp without time zone" => {
            ("datetime", "DateTimeField")
        }
        "interval" => ("duration", "DurationField"),
        "blob" | "longblob" | "mediumblob" | "tinyblob" | "bytea" | "binary" | "varbinary" => {
            ("bytes", "BinaryField")
        }
        "json" | "jsonb" => ("json", "JSONField"),
        "hstore" => ("hstore", "HStoreField"),
        "tsvector" => ("tsvector", "SearchVectorField"),
        "int4range" => ("range", "IntegerRangeField"),
        "int8range" => ("range", "BigIntegerRangeField"),
        "numrange" => ("range", "DecimalRangeField"),
        "daterange" => ("range", "DateRangeField"),
        "tsrange" | "tstzrange" => ("range", "DateTimeRangeField"),
        array if array.ends_with("[]") => ("array", "ArrayField"),
        _ => ("unknown", ""),
    };
    (field.ty, field.django) = (ty.into(), django.into());
    match ty {
        "unknown" => field.db_type = Some(column.ty.clone()),
        "decimal" => field.decimal = bounds(&arguments),
        "text" if django == "CharField" => {
            field.max_length = arguments
                .first()
                .and_then(|length| u32::try_from(*length).ok())
        }
        "range" => field.base = Some(bound_of(&name).into()),
        "array" => field.base = Some(element(column, database)),
        _ => {}
    }
}

/// `character varying(200)` is `character varying` and 200; `int(10) unsigned` is `int unsigned` and 10.
fn split(ty: &str) -> (String, Vec<u64>) {
    let Some((before, rest)) = ty.split_once('(') else {
        return (ty.to_owned(), Vec::new());
    };
    let Some((arguments, after)) = rest.split_once(')') else {
        return (ty.to_owned(), Vec::new());
    };
    let arguments = arguments
        .split(',')
        .filter_map(|argument| argument.trim().parse().ok())
        .collect();
    let after = after.trim_start();
    let name = match (after.is_empty(), after.starts_with("[]")) {
        (true, _) => before.trim_end().to_owned(),
        (_, true) => format!("{}{after}", before.trim_end()),
        _ => format!("{} {after}", before.trim_end()),
    };
    (name, arguments)
}

fn bounds(arguments: &[u64]) -> Option<(u16, u16)> {
    let precision = u16::try_from(*arguments.first()?)
        .ok()
        .filter(|precision| *precision > 0)?;
    let scale = u16::try_from(arguments.get(1).copied().unwrap_or(0)).ok()?;
    (scale <= precision).then_some((precision, scale))
}

fn bound_of(range: &str) -> &'static str {
    match range {
        "int4range" => "int",
        "int8range" => "bigint",
        "numrange" => "decimal",
        "daterange" => "date",
        _ => "datetime",
    }
}

/// The element's type of an array, in djq's words.
fn element(column: &Column, database: Database) -> String {
    let inner = Column {
        ty: column.ty.trim_end_matches("[]").to_owned(),
        ..Column::default()
    };
    let mut field = FieldEntry::default();
    if inner.ty != column.ty {
        fill(&mut field, &inner, database);
    }
    match field.decimal {
        Some((precision, scale)) => format!("decimal({precision}, {scale})"),
        None => field.ty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(database: Database, ty: &str, wanted: &str) {
        let mut field = FieldEntry::default();
        fill(
            &mut field,
            &Column {
                ty: ty.into(),
                ..Column::default()
            },
            database,
        );
        let more = [
            field.decimal.map(|bounds| format!("{bounds:?}")),
            field.base,
            field.max_length.map(|length| length.to_string()),
            field.db_type,
        ];
        let more: Vec<String> = more.into_iter().flatten().collect();
        assert_eq!(
            format!("{} {} {}", field.ty, field.django, more.join(" ")).trim(),
            wanted,
            "{ty}"
        );
    }

    #[test]
    fn columns_have_the_types_of_the_fields_that_made_them() {
        use Database::{MariaDb, MySql, Postgres, Sqlite};
        check(Sqlite, "varchar(200)", "text CharField 200");
        check(Sqlite, "char(32)", "uuid UUIDField");
        check(Sqlite, "integer unsigned", "int PositiveIntegerField");
        check(Sqlite, "decimal", "decimal DecimalField");
        check(Postgres, "character varying(200)", "text CharField 200");
        check(Postgres, "numeric(8,2)", "decimal DecimalField (8, 2)");
        check(Postgres, "character varying(10)[]", "array ArrayField text");
        check(Postgres, "numeric(8,2)[]", "array ArrayField decimal(8, 2)");
        check(Postgres, "tstzrange", "range DateTimeRangeField datetime");
        check(Postgres, "character(32)", "text CharField 32");
        check(
            Postgres,
            "geometry(point,4326)",
            "unknown  geometry(point,4326)",
        );
        check(MySql, "tinyint(1)", "bool BooleanField");
        check(MySql, "int unsigned", "int PositiveIntegerField");
        check(MariaDb, "int(10) unsigned", "int PositiveIntegerField");
        check(MySql, "datetime(6)", "datetime DateTimeField");
        check(MySql, "enum('a','b(')", "text CharField");
    }
}
