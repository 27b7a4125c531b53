//! The rules, and cases at their edges.

/// A rule.
pub(crate) struct Rule {
    pub(crate) title: &'static str,
    pub(crate) says: &'static str,
    /// An expression or a pipeline, and the rows that it gives: values with spaces between them, rows with `;`.
    pub(crate) cases: &'static [(&'static str, &'static str)],
}

pub(crate) static RULES: &[Rule] = &[
    Rule {
        title: "Nulls sort last",
        says: "In both directions, unless the query says where they go.",
        cases: &[
            (
                "from [{n: 2}, {n: null}, {n: 1}] as r order by r.n select r.n",
                "1; 2; null",
            ),
            (
                "from [{n: 2}, {n: null}, {n: 1}] as r order by r.n desc select r.n",
                "2; 1; null",
            ),
            (
                "from [{n: 2}, {n: null}, {n: 1}] as r order by r.n nulls first select r.n",
                "null; 1; 2",
            ),
            (
                "from [{n: 2}, {n: null}, {n: 1}] as r order by r.n desc nulls first select r.n",
                "null; 2; 1",
            ),
        ],
    },
    Rule {
        title: "`in` a list is SQL's",
        says: "Neither true nor false where a null may be the value looked for; an empty list holds nothing. `in` a relation is never null.",
        cases: &[
            ("1 in (1, nullif(1, 1))", "true"),
            ("2 in (1, nullif(1, 1))", "null"),
            ("2 not in (1, nullif(1, 1))", "null"),
            ("nullif(1, 1) in (1, 2)", "null"),
            ("1 in []", "false"),
            ("1 not in []", "true"),
        ],
    },
    Rule {
        title: "Rows compare value by value",
        says: "Equal where all are; else the first two that differ decide, and a null on the way leaves it open.",
        cases: &[
            ("(1, 'b') > (1, 'a')", "true"),
            ("(1, nullif(1, 1)) = (2, 3)", "false"),
            ("(1, nullif(1, 1)) = (1, 3)", "null"),
            ("(nullif(1, 1), 5) < (2, 3)", "null"),
            ("(1, nullif(1, 1)) < (2, 3)", "true"),
            ("(1, 2) in ((1, 2), (3, 4))", "true"),
        ],
    },
    Rule {
        title: "`/` of integers is a float",
        says: "Of decimals it is a decimal of ten places at least, rounded half away from zero.",
        cases: &[
            ("7 / 2", "3.5"),
            ("-7 / 2", "-3.5"),
            ("1 / 4", "0.25"),
            ("1.0 / 3.0", "0.3333333333"),
            ("2.0 / 3.0", "0.6666666667"),
            ("-2.0 / 3.0", "-0.6666666667"),
        ],
    },
    Rule {
        title: "`//` floors, `%` takes the divisor's sign",
        says: "So that `(a // b) * b + a % b` is `a`, whatever the signs.",
        cases: &[
            ("-7 // 2", "-4"),
            ("7 // -2", "-4"),
            ("7 // 2", "3"),
            ("-7 % 3", "2"),
            ("7 % -3", "-2"),
            ("-7.5 // 2", "-4"),
            ("-7.5 % 2", "0.5"),
        ],
    },
    Rule {
        title: "Division by zero is null",
        says: "By a zero that is computed; a literal zero is an error of the query.",
        cases: &[
            ("1 / (1 - 1)", "null"),
            ("1 // (1 - 1)", "null"),
            ("1 % (1 - 1)", "null"),
            ("1.5 / (1.0 - 1.0)", "null"),
        ],
    },
    Rule {
        title: "Rounding is half away from zero",
        says: "For every type.",
        cases: &[
            ("round(2.5)", "3"),
            ("round(-2.5)", "-3"),
            ("round(2.5e0)", "3.0"),
            ("round(-0.5e0)", "-1.0"),
            ("round(1.005, 2)", "1.01"),
            ("round(-1.005, 2)", "-1.01"),
        ],
    },
    Rule {
        title: "A float as text has the fewest digits that read back as it",
        says: "With an exponent from 1e15 on and below 1e-4. Zero has no sign.",
        cases: &[
            ("(0.1::float + 0.2::float)::text", "\"0.30000000000000004\""),
            ("(1::float)::text", "\"1\""),
            ("(-1 * 0::float)::text", "\"0\""),
            ("(123456789012345::float)::text", "\"123456789012345\""),
            ("1e15::text", "\"1e+15\""),
            ("1e-4::text", "\"0.0001\""),
            ("(-1.5e-5)::text", "\"-1.5e-05\""),
        ],
    },
    Rule {
        title: "Whole numbers widen",
        says: "What `+`, `-`, `*` and `abs` make of `int`s is a `bigint`, unless it shows that the result fits; no database fails at 32 bits where another goes on.",
        cases: &[
            (
                "from [{n: 2147483647}] as r select r.n + 1 as value",
                "2147483648",
            ),
            (
                "from [{n: 2147483647}] as r select r.n * r.n as value",
                "4611686014132420609",
            ),
            (
                "from [{n: -2147483647}] as r select -(r.n - 1) as value",
                "2147483648",
            ),
            (
                "from [{n: -2147483647}] as r select abs(try_cast(r.n - 1 as int)) as value",
                "2147483648",
            ),
            (
                "from [{n: 2147483647}, {n: 2147483647}] as r select sum(r.n) as value",
                "4294967294",
            ),
        ],
    },
    Rule {
        title: "Averages and sums",
        says: "The average of integers is a float, of decimals a decimal of ten places at least. Over no rows `count` is 0, `every` true, `some` false, and the others null.",
        cases: &[
            ("from [{n: 1}, {n: 2}] as r select avg(r.n) as value", "1.5"),
            (
                "from [{n: 1.0}, {n: 2.0}, {n: 2.0}] as r select avg(r.n) as value",
                "1.6666666667",
            ),
            (
                "from [{n: 0.1}, {n: 0.2}] as r select sum(r.n) as value",
                "0.3",
            ),
            (
                "from [{n: 1}] as r where r.n > 1 select count() as c, sum(r.n) as s, every(r.n > 5) as e, some(r.n > 0) as o",
                "0 null true false",
            ),
        ],
    },
    Rule {
        title: "Time is UTC",
        says: "Parts and truncation are UTC's, unless `at_zone` says otherwise. Datetimes keep microseconds. Weeks begin on Monday and are ISO's.",
        cases: &[
            ("date(@2024-01-31T23:30:00-02:00)", "2024-02-01"),
            ("hour(@2024-01-31T23:30:00-02:00)", "1"),
            ("date_trunc('week', @2024-01-31)", "2024-01-29"),
            ("week(@2021-01-03)", "53"),
            ("iso_year(@2021-01-03)", "2020"),
            (
                "@2024-12-31T23:59:59.999999Z + 1 microsecond",
                "2025-01-01T00:00:00Z",
            ),
            ("weekday(@2024-03-31)", "1"),
            (
                "at_zone(@2024-03-31T00:59:59.5Z, 'Europe/Paris')",
                "2024-03-31T01:59:59.5Z",
            ),
            (
                "at_zone(@2024-03-31T01:00:00Z, 'Europe/Paris')",
                "2024-03-31T03:00:00Z",
            ),
            (
                "date(at_zone(@2024-06-30T23:30:00Z, 'Asia/Tokyo'))",
                "2024-07-01",
            ),
            ("iso_weekday(@2024-03-31)", "7"),
        ],
    },
    Rule {
        title: "A calendar step ends at the month's end at the latest",
        says: "A date with days, weeks or calendar steps added stays a date.",
        cases: &[
            ("@2024-01-31 + 1 month", "2024-02-29"),
            ("@2023-01-31 + 1 month", "2023-02-28"),
            ("@2024-02-29 + 1 year", "2025-02-28"),
            ("@2024-03-31 - 1 month", "2024-02-29"),
            ("@2024-12-31 + 1 day", "2025-01-01"),
            ("@2024-01-31T12:00:00Z + 1 month", "2024-02-29T12:00:00Z"),
        ],
    },
    Rule {
        title: "Differences of dates",
        says: "`date - date` is a duration; `days_between(a, b)` is an integer, positive when `b` is later.",
        cases: &[
            ("@2024-03-01 - @2024-02-01", "P29D"),
            ("days_between(@2024-02-01, @2024-03-01)", "29"),
            ("days_between(@2024-03-01, @2024-02-01)", "-29"),
        ],
    },
    Rule {
        title: "Case decides, unless it is said not to",
        says: "`like` and the lookups are case-sensitive everywhere, their forms with `i` are not. Wildcards in a lookup's value are data.",
        cases: &[
            ("'Rust' like 'r%'", "false"),
            ("'Rust' ilike 'r%'", "true"),
            ("'Rust' startswith 'r'", "false"),
            ("'Rust' istartswith 'r'", "true"),
            ("'100%' contains '0%'", "true"),
            ("'1000' contains '0%'", "false"),
            ("'a_b' endswith '_b'", "true"),
            ("'axb' endswith '_b'", "false"),
        ],
    },
    Rule {
        title: "Text",
        says: "`||` with null is null, `concat` leaves nulls out; `length` counts characters; `string_agg` is never cut short.",
        cases: &[
            ("'a' || nullif('b', 'b')", "null"),
            ("concat('a', nullif('b', 'b'), 'c')", "\"ac\""),
            ("length('日本')", "2"),
            ("upper('abc') || lower('ABC')", "\"ABCabc\""),
            ("substr('abc', 2)", "\"bc\""),
            ("'a' = 'A'", "false"),
            ("'a' = 'a '", "false"),
            (
                "from series(1, 2000) as n select length(string_agg('ab', ',' order by n)) as value",
                "5999",
            ),
        ],
    },
    Rule {
        title: "Logic has three values",
        says: "`is distinct from`, `is null`, `is true` and `is false` are never null.",
        cases: &[
            ("nullif(true, true) and 1 > 2", "false"),
            ("nullif(true, true) or 1 < 2", "true"),
            ("nullif(true, true) xor true", "null"),
            ("not nullif(true, true)", "null"),
            ("nullif(1, 1) is distinct from 1", "true"),
            ("nullif(1, 1) is not distinct from nullif(2, 2)", "true"),
            ("nullif(true, true) is not true", "true"),
        ],
    },
    Rule {
        title: "Groups and different rows",
        says: "Null is one key, and one value among different ones; `count(distinct a, b)` counts pairs without a null.",
        cases: &[
            (
                "from [{n: 1}, {n: null}, {n: null}] as r group by r.n select n, count() as c order by n",
                "1 1; null 2",
            ),
            (
                "from [{n: 1}, {n: null}, {n: null}] as r select r.n distinct order by n",
                "1; null",
            ),
            (
                "from [{n: 1}, {n: 1}, {n: null}] as r select count(distinct r.n) as d, count(r.n) as c, count() as a",
                "1 2 3",
            ),
            (
                "from [{n: 1}, {n: 2}] as r select count(where r.n > 1) as c, sum(r.n where r.n > 1) as s",
                "1 2",
            ),
        ],
    },
];
