//! Names that people bring from databases, Django and Python, and what they are called here.

/// What a brought name is called here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// The same function by another name: the arguments stay.
    Renamed(&'static str),
    /// Something else is written; a sentence that says what.
    Instead(&'static str),
}

/// What the function `name`, in lower case, of another language is here.
#[must_use]
pub fn brought(name: &str) -> Option<Brought> {
    use Brought::{Instead, Renamed};
    Some(match name {
        "substring" | "mid" => Renamed("substr"),
        "char_length" | "character_length" | "len" | "strlen" => Renamed("length"),
        "lcase" | "casefold" => Renamed("lower"),
        "ucase" => Renamed("upper"),
        "strip" | "btrim" => Renamed("trim"),
        "lstrip" => Renamed("ltrim"),
        "rstrip" => Renamed("rtrim"),
        "ord" => Renamed("ascii"),
        "char" => Renamed("chr"),
        "sha" => Renamed("sha1"),
        "sha2" => Instead("write `sha224`, `sha256`, `sha384` or `sha512`"),
        "ifnull" | "nvl" | "isnull" => Renamed("coalesce"),
        "if" | "iff" => Renamed("iif"),
        "ceiling" => Renamed("ceil"),
        "truncate" => Renamed("trunc"),
        "pow" => Renamed("power"),
        "rand" => Renamed("random"),
        "log2" => Instead("write `log(2, x)`"),
        "max_of" => Renamed("greatest"),
        "min_of" => Renamed("least"),
        "current_timestamp"
        | "localtimestamp"
        | "sysdate"
        | "getdate"
        | "utc_timestamp"
        | "clock_timestamp"
        | "statement_timestamp"
        | "transaction_timestamp" => Renamed("now"),
        "current_date" | "curdate" | "utc_date" => Renamed("today"),
        "current_time" | "curtime" => Instead("write `time(now())`"),
        "dayofmonth" => Renamed("day"),
        "dayofweek" | "week_day" => Renamed("weekday"),
        "iso_week_day" | "isodow" => Renamed("iso_weekday"),
        "weekofyear" | "isoweek" | "iso_week" => Renamed("week"),
        "isoyear" => Renamed("iso_year"),
        "makedate" => Renamed("make_date"),
        "make_timestamp" | "make_timestamptz" => Renamed("make_datetime"),
        "unix_timestamp" | "unixepoch" | "total_seconds" | "time_to_sec" => Renamed("epoch"),
        "from_unixtime" | "to_timestamp" => Renamed("from_epoch"),
        "trunc_date" | "truncdate" => Renamed("date"),
        "trunc_time" | "trunctime" => Renamed("time"),
        "datediff" => Instead(
            "`days_between(a, b)` counts the days from `a` to `b`: the arguments are the other way round",
        ),
        "timestampdiff" => {
            Instead("subtract the two: `b - a` is a duration; `days_between(a, b)` counts days")
        }
        "strftime" | "date_format" => Instead(
            "take the parts: `year(x)`, `month(x)`; or the beginning of a unit: `date_trunc('month', x)`",
        ),
        "date_part" | "extract" => {
            Instead("a part has a function of its name: `year(x)`, `month(x)`, `epoch(x)`")
        }
        "date_add" | "dateadd" | "adddate" | "timestampadd" => Instead("write `x + 3 days`"),
        "date_sub" | "subdate" => Instead("write `x - 3 days`"),
        "convert_tz" | "timezone" => Instead("write `at_zone(x, '+02:00')`"),
        "last_day" => Instead("write `date_trunc('month', x) + 1 month - 1 day`"),
        "trunc_month" | "truncmonth" => Instead("write `date_trunc('month', x)`"),
        "trunc_year" | "truncyear" => Instead("write `date_trunc('year', x)`"),
        "locate" | "charindex" => Renamed("position"),
        "instr" | "strpos" | "strindex" => Instead("`position(part, text)` has the part first"),
        "group_concat" | "listagg" | "stringagg" => Instead("write `string_agg(x, ', ')`"),
        "bool_and" | "all" => Renamed("every"),
        "bool_or" | "any" => Renamed("some"),
        "avg_distinct" => Instead("write `avg(distinct x)`"),
        "mean" | "average" => Renamed("avg"),
        "total" => Instead("write `coalesce(sum(x), 0)`"),
        "stddev" | "std" => Instead(
            "write `stddev_samp(x)`, as PostgreSQL means it, or `stddev_pop(x)`, as MySQL does",
        ),
        "variance" | "var" => {
            Instead("write `var_samp(x)`, as PostgreSQL means it, or `var_pop(x)`, as MySQL does")
        }
        "first" => Instead("take one row: `(rel order by x limit 1).field`"),
        "last" => Instead("take one row: `(rel order by x desc limit 1).field`"),
        "cast" | "convert" => Instead("write `x::text`, or `try_cast(x as int)` where it may fail"),
        "to_date" | "to_number" => {
            Instead("write `try_cast(x as date)`, with the type that is meant")
        }
        "str" => Instead("write `x::text`"),
        "int" => Instead("write `try_cast(x as int)`"),
        "float" => Instead("write `x::float`, or `try_cast(x as float)` where it may fail"),
        "datetime" | "timestamp" => Instead("write `x::datetime`"),
        "text" | "string" => Instead("write `x::text`"),
        "decode" | "switch" | "when" => Instead("write `case x when a then b else c end`"),
        "width_bucket" => Instead(
            "write `floor((x - low) / width)`, with the width of one bucket, or `case` with the bounds",
        ),
        "jsonb_array_length" | "json_array_length" => Renamed("json_length"),
        "jsonb_typeof" | "json_typeof" => Renamed("json_type"),
        "jsonb_object_keys" | "json_object_keys" => Renamed("json_keys"),
        "jsonb_build_object" | "json_build_object" | "jsonb_object" => Renamed("json_object"),
        "jsonb_build_array" | "json_build_array" => Renamed("json_array"),
        "jsonb_agg" | "json_group_array" | "json_arrayagg" => Renamed("json_agg"),
        "jsonb_object_agg" | "json_group_object" | "json_objectagg" => Renamed("json_object_agg"),
        "json_extract" | "json_value" | "json_query" | "jsonb_path_query" => {
            Instead("write the steps: `x['key'][0]`, and the type to take it out: `x['key']::text`")
        }
        "count_if" | "countif" | "sum_if" | "sumif" => {
            Instead("write `count(where c)`, `sum(x where c)`")
        }
        "count_distinct" | "approx_count_distinct" => Instead("write `count(distinct x)`"),
        "prev" | "previous" => Instead("write `lag(x) over (order by …)`"),
        "next" | "following" => Instead("write `lead(x) over (order by …)`"),
        "startswith" | "starts_with" | "endswith" | "ends_with" | "contains" | "regexp_like"
        | "regexp_matches" => Instead(
            "it stands between its sides: `x startswith 'a'`, `x endswith 'a'`, `x contains 'a'`, `x regex '^a'`",
        ),
        "argmax" | "arg_max" | "max_by" | "argmin" | "arg_min" | "min_by" | "top" => {
            Instead("take one row: `(rel order by x desc limit 1).field`")
        }
        "exists_in" => Instead("write `exists rel`"),
        "gen_random_uuid" | "uuid" | "newid" | "uuid_generate_v4" => Renamed("uuid_v4"),
        "f" | "value" | "outerref" => {
            Instead("write the name alone; a value as a literal or `$name`")
        }
        "q" => Instead("write the condition: `a = 1 and b = 2`"),
        "array_length" | "cardinality" => {
            Instead("write `sql<int>\"cardinality({x})\"`: the language has no length of arrays")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::by_name, *};

    #[test]
    fn a_renamed_function_exists_and_the_brought_name_does_not() {
        for name in [
            "substring",
            "char_length",
            "ifnull",
            "current_timestamp",
            "bool_and",
            "pow",
            "ord",
            "gen_random_uuid",
            "ceiling",
            "locate",
            "if",
        ] {
            assert_eq!(by_name(name), None, "{name}");
            match brought(name) {
                Some(Brought::Renamed(to)) => assert!(by_name(to).is_some(), "{name} to {to}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert_eq!(brought("lower"), None);
    }
}
