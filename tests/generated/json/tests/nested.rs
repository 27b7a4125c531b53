//! Nested rows by levels and as JSON: the same rows, with every value of its own type.

mod database;

use djq_runtime::rusqlite::Connection;
use djq_runtime::rust_decimal::Decimal;
use generated_json::queries as json;
use generated_levels::queries as levels;
use std::fmt::Debug;

/// The text of rows without the names of the structs, which rows of equal shapes share.
fn fields(shown: &str) -> String {
    let lines = shown.lines().map(|line| match line.strip_suffix(" {") {
        Some(line) => format!("{}{{\n", line.trim_end_matches(char::is_alphanumeric)),
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// The same rows: the structs of both have the same fields, so that what differs shows in their text.
fn same<A: Debug, B: Debug>(levels: A, json: B) {
    let shown = |rows: &dyn Debug| fields(&format!("{rows:#?}"));
    let (levels, json) = (shown(&levels), shown(&json));
    assert!(levels.len() > 100, "there are rows to compare: {levels}");
    for (line, (a, b)) in levels.lines().zip(json.lines()).enumerate() {
        assert_eq!(a, b, "line {line}");
    }
    assert_eq!(levels.lines().count(), json.lines().count());
}

#[test]
fn every_type_of_value_in_lists_of_lists_and_in_objects() {
    let connection = database::copy("values.sqlite3");
    connection
        .execute_batch(
            "CREATE TEMP TABLE more AS SELECT * FROM typed_everything;
             UPDATE more SET id = id + 1000, name = name || ' again';
             INSERT INTO typed_everything SELECT * FROM more",
        )
        .unwrap();
    let (by_levels, as_json) = (levels::every_value(&connection).unwrap(), json::every_value(&connection).unwrap());
    same(&by_levels, &as_json);
    // Neither may be wrong in the same way: each nested row is the row that another query finds without nesting.
    let flat = json::everything(&connection).unwrap();
    let text = |id: i64| format!("{:?}", flat.iter().find(|row| row.id == id).unwrap()).replacen("Everything ", "", 1);
    let mut seen = 0;
    for row in &as_json {
        assert!(row.none.is_none(), "an object that no row is in is none");
        for inner in &row.same {
            let shown = format!("{inner:?}").replacen("EveryValueSame ", "", 1);
            let (fields, _) = shown.split_once(", more: ").unwrap();
            assert_eq!(fields, text(inner.id).trim_end_matches(" }"));
            assert!(inner.more.len() <= 2 && inner.more.is_sorted_by_key(|more| -more.id));
            for more in &inner.more {
                let shown = format!("{more:?}");
                assert_eq!(shown.split_once(' ').unwrap().1, text(more.id));
                seen += 1;
            }
        }
        if let Some(itself) = &row.itself {
            assert_eq!(itself.id, row.id);
        }
    }
    assert!(seen > 10, "{seen} rows at the second level");
}

#[test]
fn relations_of_every_kind() {
    let connection = database::copy("places.sqlite3");
    for city in [None, Some(None), Some(Some("Oslo")), Some(Some("nowhere"))] {
        for least in [0, 4] {
            let (a, b) = (levels::places(&connection, city, least).unwrap(), json::places(&connection, city, least).unwrap());
            assert_eq!(fields(&format!("{a:#?}")), fields(&format!("{b:#?}")), "{city:?} {least}");
        }
    }
    same(levels::places(&connection, None, 0).unwrap(), json::places(&connection, None, 0).unwrap());
    let places = json::places(&connection, None, 0).unwrap();
    assert!(places.iter().any(|place| place.restaurant.is_none()) && places.iter().any(|place| place.restaurant.is_some()));
    assert!(places.iter().any(|place| place.shifts.is_empty()) && places.iter().any(|place| place.shifts.len() > 1));
    for place in &places {
        assert!(place.shifts.is_sorted_by(|a, b| (b.hours, a.number) <= (a.hours, b.number)), "{:?}", place.shifts);
        assert!(place.visits.len() <= 2 && place.visits.is_sorted_by(|a, b| a.day >= b.day));
    }
}

#[test]
fn a_row_that_may_not_be_there() {
    let connection = database::copy("place.sqlite3");
    let ids: Vec<i64> = ids(&connection);
    assert!(ids.len() > 1);
    for id in ids {
        let (a, b) = (levels::place(&connection, id).unwrap(), json::place(&connection, id).unwrap());
        assert_eq!(format!("{a:?}"), format!("{b:?}"));
        assert!(b.is_some());
    }
    assert!(json::place(&connection, -1).unwrap().is_none());
    assert!(levels::place(&connection, -1).unwrap().is_none());
}

#[test]
fn computed_values() {
    let connection = database::copy("computed.sqlite3");
    let (by_levels, as_json) = (levels::computed(&connection).unwrap(), json::computed(&connection).unwrap());
    same(&by_levels, &as_json);
    let visits: Vec<_> = as_json.iter().flat_map(|place| &place.visits).collect();
    assert!(visits.iter().any(|visit| visit.big == Some(9_007_199_254_740_993)), "an integer beyond what a float holds");
    assert!(visits.iter().all(|visit| visit.share.is_none_or(|share| share.scale() == 2)), "a decimal keeps its scale");
    assert!(as_json.iter().any(|place| place.hours.is_some_and(|hours: Decimal| !hours.is_zero())));
}

fn ids(connection: &Connection) -> Vec<i64> {
    let mut ids = connection.prepare("SELECT id FROM linked_place").unwrap();
    ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}
