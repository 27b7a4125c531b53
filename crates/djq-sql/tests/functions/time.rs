//! Functions of time.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::functions::FunctionId as F;
use djq_sql::dialect::DialectId;

fn call(id: F, operands: Vec<V>, expected: V) -> Case {
    case(What::Function(id), operands, expected)
}

const DAY: i64 = 86_400;

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = parts();
    cases.extend(made());
    cases.extend(steps());
    cases.extend(truncated());
    cases.extend(ages());
    cases
}

fn parts() -> Vec<Case> {
    let mut cases = Vec::new();
    // year, iso_year, quarter, month, week, day, weekday, iso_weekday
    for (
        day,
        [
            year,
            iso_year,
            quarter,
            month,
            week,
            of_month,
            weekday,
            iso_weekday,
        ],
    ) in [
        ("2024-01-31", [2024, 2024, 1, 1, 5, 31, 4, 3]),
        ("2024-02-29", [2024, 2024, 1, 2, 9, 29, 5, 4]),
        ("2023-12-31", [2023, 2023, 4, 12, 52, 31, 1, 7]),
        ("2024-12-30", [2024, 2025, 4, 12, 1, 30, 2, 1]),
        ("2021-01-01", [2021, 2020, 1, 1, 53, 1, 6, 5]),
        ("2021-01-03", [2021, 2020, 1, 1, 53, 3, 1, 7]),
        ("2021-01-04", [2021, 2021, 1, 1, 1, 4, 2, 1]),
        ("2000-06-15", [2000, 2000, 2, 6, 24, 15, 5, 4]),
        ("1969-07-20", [1969, 1969, 3, 7, 29, 20, 1, 7]),
        ("1000-01-01", [1000, 1000, 1, 1, 1, 1, 4, 3]),
        ("9999-12-31", [9999, 9999, 4, 12, 52, 31, 6, 5]),
    ] {
        // A moment's parts are those of UTC, up to the last microsecond of the day.
        for of in [
            date(day),
            dt(&format!("{day} 00:00:00")),
            dt(&format!("{day} 23:59:59.999999")),
        ] {
            for (id, expected) in [
                (F::Year, year),
                (F::IsoYear, iso_year),
                (F::Quarter, quarter),
                (F::Month, month),
                (F::Week, week),
                (F::Day, of_month),
                (F::Weekday, weekday),
                (F::IsoWeekday, iso_weekday),
            ] {
                cases.push(call(id, vec![of.clone()], i(expected)));
            }
        }
    }
    for (clock, hour, minute, second) in [
        ("00:00:00", 0, 0, 0),
        ("12:30:15", 12, 30, 15),
        ("23:59:59.999999", 23, 59, 59),
        ("01:02:03.000001", 1, 2, 3),
    ] {
        for of in [time(clock), dt(&format!("2024-01-31 {clock}"))] {
            cases.push(call(F::Hour, vec![of.clone()], i(hour)));
            cases.push(call(F::Minute, vec![of.clone()], i(minute)));
            cases.push(call(F::Second, vec![of], i(second)));
        }
        let moment = dt(&format!("2024-01-31 {clock}"));
        cases.push(call(F::Date, vec![moment.clone()], date("2024-01-31")));
        cases.push(call(F::Time, vec![moment], time(clock)));
    }
    for id in [
        F::Year,
        F::Week,
        F::Hour,
        F::Second,
        F::Weekday,
        F::IsoYear,
        F::Quarter,
    ] {
        cases.push(call(id, vec![null(dt("2024-01-31 00:00:00"))], null(i(0))));
    }
    cases.push(call(
        F::Date,
        vec![null(dt("2024-01-31 00:00:00"))],
        null(date("2024-01-31")),
    ));
    cases.push(call(
        F::Time,
        vec![null(dt("2024-01-31 00:00:00"))],
        null(time("00:00:00")),
    ));
    for (of, expected) in [
        (dt("1970-01-01 00:00:00"), f(0.0)),
        (dt("1969-12-31 23:59:59.5"), f(-0.5)),
        (dt("2024-01-31 12:00:00.000001"), f(1_706_702_400.000_001)),
        (dt("1000-01-01 00:00:00"), f(-30_610_224_000.0)),
        (date("2024-01-31"), f(1_706_659_200.0)),
        (date("1969-12-31"), f(-86_400.0)),
        (null(date("2024-01-31")), null(f(0.0))),
        (us(0), f(0.0)),
        (us(-1_500_000), f(-1.5)),
        (us(86_400_000_001), f(86_400.000_001)),
        (null(us(1)), null(f(0.0))),
    ] {
        cases.push(call(F::Epoch, vec![of], expected));
    }
    cases
}

fn made() -> Vec<Case> {
    let mut cases = Vec::new();
    let no_date = || null(date("2024-01-31"));
    let no_moment = || null(dt("2024-01-31 00:00:00"));
    for ([year, month, day], expected) in [
        ([2024, 2, 29], date("2024-02-29")),
        ([2023, 2, 29], no_date()),
        ([2023, 2, 30], no_date()),
        ([2023, 4, 31], no_date()),
        ([2023, 12, 31], date("2023-12-31")),
        ([2023, 13, 1], no_date()),
        ([2023, 0, 1], no_date()),
        ([2023, 1, 0], no_date()),
        ([2023, 1, -1], no_date()),
        ([0, 1, 1], no_date()),
        ([10_000, 1, 1], no_date()),
        ([-1, 1, 1], no_date()),
        ([1, 1, 1], date("0001-01-01")),
        ([70, 1, 1], date("0070-01-01")),
        ([1900, 2, 29], no_date()),
        ([2000, 2, 29], date("2000-02-29")),
        ([9999, 12, 31], date("9999-12-31")),
    ] {
        cases.push(call(F::MakeDate, vec![i(year), i(month), i(day)], expected));
    }
    cases.push(call(F::MakeDate, vec![null(i(0)), i(1), i(1)], no_date()));
    let (year, month, day) = (i(2024), i(2), i(29));
    for (rest, expected) in [
        (vec![], dt("2024-02-29 00:00:00")),
        (vec![i(7)], dt("2024-02-29 07:00:00")),
        (vec![i(23), i(59)], dt("2024-02-29 23:59:00")),
        (vec![i(23), i(59), i(58)], dt("2024-02-29 23:59:58")),
        (vec![i(1), i(2), f(3.5)], dt("2024-02-29 01:02:03.500000")),
        (
            vec![i(1), i(2), d("3.000001")],
            dt("2024-02-29 01:02:03.000001"),
        ),
        (vec![i(24)], no_moment()),
        (vec![i(1), i(60)], no_moment()),
        (vec![i(1), i(2), i(60)], no_moment()),
        (vec![i(-1)], no_moment()),
        (vec![null(i(0))], no_moment()),
    ] {
        let operands = [vec![year.clone(), month.clone(), day.clone()], rest].concat();
        cases.push(call(F::MakeDatetime, operands, expected));
    }
    cases.push(call(
        F::MakeDatetime,
        vec![i(2023), i(2), i(29), i(0)],
        no_moment(),
    ));
    for (of, expected) in [
        (i(0), dt("1970-01-01 00:00:00")),
        (f(1_706_702_400.5), dt("2024-01-31 12:00:00.500000")),
        (f(-0.5), dt("1969-12-31 23:59:59.500000")),
        (d("1706702400.000001"), dt("2024-01-31 12:00:00.000001")),
        (big(-30_610_224_000), dt("1000-01-01 00:00:00")),
        (null(i(0)), no_moment()),
    ] {
        cases.push(call(F::FromEpoch, vec![of], expected));
    }
    cases
}

fn steps() -> Vec<Case> {
    let mut cases = Vec::new();
    let moment = "2024-01-31 12:00:00.000001";
    for (from, to, expected) in [
        (date("2024-01-31"), date("2024-02-01"), 1),
        (date("2024-03-01"), date("2024-02-28"), -2),
        (date("2024-01-31"), date("2024-01-31"), 0),
        (date("0001-01-01"), date("9999-12-31"), 3_652_058),
        (
            dt("2024-01-31 23:59:59.999999"),
            dt("2024-02-01 00:00:00"),
            1,
        ),
        (dt("2024-01-31 00:00:00"), dt("2024-01-31 23:59:59"), 0),
        (date("2024-01-31"), dt("2024-02-02 03:00:00"), 2),
        (dt("2024-02-02 03:00:00"), date("2024-01-31"), -2),
    ] {
        cases.push(call(F::DaysBetween, vec![from, to], i(expected)));
    }
    cases.push(call(
        F::DaysBetween,
        vec![null(date("2024-01-31")), date("2024-01-31")],
        null(i(0)),
    ));
    for (day, days, expected) in [
        ("2024-01-31", 1, "2024-02-01"),
        ("2024-03-01", -1, "2024-02-29"),
        ("2023-12-31", 365, "2024-12-30"),
        ("2024-01-31", 0, "2024-01-31"),
        ("1970-01-01", -1, "1969-12-31"),
    ] {
        for number in [i(days), big(days)] {
            cases.push(call(
                F::DateAddDays,
                vec![date(day), number],
                date(expected),
            ));
        }
    }
    cases.push(call(
        F::DateAddDays,
        vec![date("2024-01-31"), null(i(0))],
        null(date("2024-01-31")),
    ));
    for (day, months, expected) in [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 3, "2024-04-30"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-05-31", -3, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-01-15", 12, "2025-01-15"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-01-31", 0, "2024-01-31"),
        ("2024-01-31", -25, "2021-12-31"),
        ("2024-08-31", 6, "2025-02-28"),
    ] {
        for number in [i(months), big(months)] {
            cases.push(call(
                F::DateAddMonths,
                vec![date(day), number.clone()],
                date(expected),
            ));
            for clock in ["00:00:00", "23:59:59.999999"] {
                cases.push(call(
                    F::DateTimeAddMonths,
                    vec![dt(&format!("{day} {clock}")), number.clone()],
                    dt(&format!("{expected} {clock}")),
                ));
            }
        }
    }
    for (from, length, expected) in [
        (moment, us(0), moment),
        (moment, sec(DAY), "2024-02-01 12:00:00.000001"),
        (moment, sec(-31 * DAY), "2023-12-31 12:00:00.000001"),
        (moment, sec(43_200), "2024-02-01 00:00:00.000001"),
        (moment, us(-1), "2024-01-31 12:00:00"),
        (moment, us(-2), "2024-01-31 11:59:59.999999"),
        (moment, us(999_999), "2024-01-31 12:00:01"),
        (moment, sec(60), "2024-01-31 12:01:00.000001"),
        (moment, us(90_500_000), "2024-01-31 12:01:30.500001"),
        ("1970-01-01 00:00:00", us(-1), "1969-12-31 23:59:59.999999"),
        ("1000-01-01 00:00:00", us(1), "1000-01-01 00:00:00.000001"),
        ("2024-02-28 23:59:59.999999", us(1), "2024-02-29 00:00:00"),
        // Clocks were put forward here.
        ("2024-03-10 06:30:00", sec(DAY), "2024-03-11 06:30:00"),
        ("2024-03-31 00:30:00", sec(DAY), "2024-04-01 00:30:00"),
        ("2024-03-10 06:30:00", sec(3_600), "2024-03-10 07:30:00"),
    ] {
        cases.push(call(F::DateTimeAdd, vec![dt(from), length], dt(expected)));
    }
    cases.push(call(
        F::DateTimeAdd,
        vec![dt(moment), null(us(0))],
        null(dt(moment)),
    ));
    for (left, right, expected) in [
        (date("2024-03-01"), date("2024-02-28"), sec(2 * DAY)),
        (date("2024-02-28"), date("2024-03-01"), sec(-2 * DAY)),
        (date("2024-03-11"), date("2024-03-10"), sec(DAY)),
        (null(date("2024-03-11")), date("2024-03-10"), null(us(0))),
    ] {
        cases.push(call(F::DateDifference, vec![left, right], expected));
    }
    for (left, right, expected) in [
        (dt(moment), dt("2024-01-31 12:00:00"), us(1)),
        (dt("2024-01-31 12:00:00"), dt(moment), us(-1)),
        (
            dt("2024-03-11 06:30:00"),
            dt("2024-03-10 06:30:00"),
            sec(DAY),
        ),
        (
            dt("1970-01-01 00:00:00"),
            dt("1969-12-31 23:59:59.5"),
            us(500_000),
        ),
        (
            dt("2024-01-01 00:00:00"),
            dt("1000-01-01 00:00:00"),
            sec(32_314_291_200),
        ),
        (null(dt(moment)), dt(moment), null(us(0))),
    ] {
        cases.push(call(F::DateTimeDifference, vec![left, right], expected));
    }
    for (zone, expected) in [
        ("UTC", "2024-01-31 23:30:00.500000"),
        ("+02:00", "2024-02-01 01:30:00.500000"),
        ("-05:30", "2024-01-31 18:00:00.500000"),
    ] {
        cases.push(call(
            F::AtZone,
            vec![dt("2024-01-31 23:30:00.5"), lit(t(zone))],
            dt(expected),
        ));
    }
    for (moment, zone, expected) in [
        ("2024-01-31 23:30:00", "Europe/Paris", "2024-02-01 00:30:00"),
        (
            "2024-07-31 23:30:00.000001",
            "Europe/Paris",
            "2024-08-01 01:30:00.000001",
        ),
        (
            "2024-03-10 06:59:59.999999",
            "America/New_York",
            "2024-03-10 01:59:59.999999",
        ),
        (
            "2024-03-10 07:00:00",
            "America/New_York",
            "2024-03-10 03:00:00",
        ),
        ("2037-12-31 12:00:00", "Asia/Kolkata", "2037-12-31 17:30:00"),
        (
            "1970-01-02 00:00:00",
            "Europe/Berlin",
            "1970-01-02 01:00:00",
        ),
    ] {
        cases.push(call(
            F::AtZone,
            vec![dt(moment), lit(t(zone))],
            dt(expected),
        ));
    }
    cases
}

fn truncated() -> Vec<Case> {
    let mut cases = Vec::new();
    for (of, [year, quarter, month, week]) in [
        (
            "2024-02-29",
            ["2024-01-01", "2024-01-01", "2024-02-01", "2024-02-26"],
        ),
        (
            "2023-12-31",
            ["2023-01-01", "2023-10-01", "2023-12-01", "2023-12-25"],
        ),
        (
            "2024-01-01",
            ["2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"],
        ),
        (
            "2021-01-03",
            ["2021-01-01", "2021-01-01", "2021-01-01", "2020-12-28"],
        ),
        (
            "2024-06-30",
            ["2024-01-01", "2024-04-01", "2024-06-01", "2024-06-24"],
        ),
        (
            "2024-07-01",
            ["2024-01-01", "2024-07-01", "2024-07-01", "2024-07-01"],
        ),
        (
            "0999-05-05",
            ["0999-01-01", "0999-04-01", "0999-05-01", "0999-04-29"],
        ),
    ] {
        for (unit, expected) in [
            ("year", year),
            ("quarter", quarter),
            ("month", month),
            ("week", week),
            ("day", of),
        ] {
            cases.push(call(
                F::DateTrunc,
                vec![lit(t(unit)), date(of)],
                date(expected),
            ));
            for clock in ["00:00:00", "23:59:59.999999"] {
                cases.push(call(
                    F::DateTrunc,
                    vec![lit(t(unit)), dt(&format!("{of} {clock}"))],
                    dt(&format!("{expected} 00:00:00")),
                ));
            }
        }
    }
    for (unit, expected) in [
        ("hour", "2024-01-31 23:00:00"),
        ("minute", "2024-01-31 23:59:00"),
        ("second", "2024-01-31 23:59:58"),
    ] {
        for fraction in ["", ".999999"] {
            cases.push(call(
                F::DateTrunc,
                vec![lit(t(unit)), dt(&format!("2024-01-31 23:59:58{fraction}"))],
                dt(expected),
            ));
        }
        cases.push(
            call(
                F::DateTrunc,
                vec![lit(t(unit)), date("2024-01-31")],
                date("2024-01-31"),
            )
            .refused_on(&DialectId::ALL),
        );
    }
    cases.push(call(
        F::DateTrunc,
        vec![lit(t("month")), null(date("2024-01-31"))],
        null(date("2024-01-31")),
    ));
    cases
}

fn ages() -> Vec<Case> {
    let mut cases = Vec::new();
    for (later, earlier, years) in [
        ("2024-02-29", "2000-02-29", 24),
        ("2023-02-28", "2000-02-29", 22),
        ("2023-03-01", "2000-02-29", 23),
        ("2000-02-29", "2023-02-28", -22),
        ("2024-01-01", "2023-12-31", 0),
        ("2024-01-01", "2024-01-01", 0),
        ("9999-12-31", "1000-01-01", 8999),
    ] {
        cases.push(call(F::Age, vec![date(later), date(earlier)], i(years)));
        let moment = |day: &str| dt(&format!("{day} 12:00:00"));
        cases.push(call(F::Age, vec![moment(later), moment(earlier)], i(years)));
    }
    cases.extend([
        call(
            F::Age,
            vec![dt("2024-01-01 11:59:59.999999"), dt("2023-01-01 12:00:00")],
            i(0),
        ),
        call(
            F::Age,
            vec![dt("2024-01-01 12:00:00"), date("2023-01-01")],
            i(1),
        ),
        call(
            F::Age,
            vec![date("2024-01-01"), dt("2023-01-01 00:00:00.000001")],
            i(0),
        ),
        call(
            F::Age,
            vec![null(date("2024-01-01")), date("2023-01-01")],
            null(i(0)),
        ),
    ]);
    cases
}
