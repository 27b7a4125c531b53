//! Partial updates: what is given is set, null too, and nothing else is.

mod database;

use djq_runtime::rusqlite::Connection;
use generated_json::queries as json;
use generated_json::queries::Everything;
use generated_levels::queries as levels;

fn row(connection: &Connection, id: i64) -> Everything {
    json::everything(connection).unwrap().into_iter().find(|row| row.id == id).unwrap()
}

/// A row all of whose values are there.
fn full(connection: &Connection) -> Everything {
    let rows = json::everything(connection).unwrap();
    rows.into_iter().find(|row| row.exact.is_some() && row.raw.is_some() && row.data.is_some() && row.key.is_some()).unwrap()
}

/// Patches one row; the fields named are given, all others left out.
macro_rules! patch {
    ($connection:expr, $id:expr $(, $field:ident = $value:expr)*) => {{
        #[derive(Default)]
        struct Patch<'a> {
            name: Option<&'a str>,
            flag: Option<Option<bool>>,
            small: Option<Option<i32>>,
            big: Option<Option<i64>>,
            ratio: Option<Option<f64>>,
            exact: Option<Option<djq_runtime::rust_decimal::Decimal>>,
            text: Option<Option<&'a str>>,
            raw: Option<Option<&'a [u8]>>,
            day: Option<Option<djq_runtime::jiff::civil::Date>>,
            clock: Option<Option<djq_runtime::jiff::civil::Time>>,
            moment: Option<Option<djq_runtime::jiff::Timestamp>>,
            length: Option<Option<djq_runtime::jiff::SignedDuration>>,
            key: Option<Option<djq_runtime::uuid::Uuid>>,
            address: Option<Option<std::net::IpAddr>>,
            data: Option<Option<djq_runtime::serde_json::Value>>,
        }
        #[allow(clippy::needless_update)]
        let p = Patch { $($field: Some($value),)* ..Patch::default() };
        json::patch(
            $connection, $id, p.name, p.flag, p.small, p.big, p.ratio, p.exact, p.text, p.raw, p.day, p.clock, p.moment, p.length,
            p.key, p.address, p.data,
        )
        .unwrap()
    }};
}

#[test]
fn each_field_is_set_alone_to_a_value_and_to_null() {
    let connection = database::copy("patch.sqlite3");
    let id = full(&connection).id;
    // Sets one field, and says that this and nothing else is another.
    macro_rules! alone {
        ($field:ident, $value:expr) => {{
            let before = row(&connection, id);
            assert_eq!(patch!(&connection, id, $field = Some($value)), 1);
            let after = row(&connection, id);
            assert_ne!(before.$field, after.$field, stringify!($field));
            assert_eq!(after, Everything { $field: after.$field.clone(), ..before });
            assert_eq!(patch!(&connection, id, $field = None), 1);
            assert_eq!(row(&connection, id), Everything { $field: None, ..after.clone() });
            assert_eq!(patch!(&connection, id, $field = Some($value)), 1);
            assert_eq!(row(&connection, id), after);
            after.$field.unwrap()
        }};
    }
    let was = full(&connection).flag.unwrap_or(false);
    assert_eq!(alone!(flag, !was), !was);
    assert_eq!(alone!(small, -7), -7);
    assert_eq!(alone!(big, i64::MIN), i64::MIN);
    assert!((alone!(ratio, 0.125) - 0.125).abs() < f64::EPSILON);
    assert_eq!(alone!(exact, "-1234.5600".parse().unwrap()).to_string(), "-1234.560000");
    assert_eq!(alone!(text, "it's \"new\" \\ ☃"), "it's \"new\" \\ ☃");
    assert_eq!(alone!(raw, &[0, 255, 39][..]), [0, 255, 39]);
    assert_eq!(alone!(day, "0999-12-31".parse().unwrap()).to_string(), "0999-12-31");
    assert_eq!(alone!(clock, "23:59:59.000001".parse().unwrap()).to_string(), "23:59:59.000001");
    assert_eq!(alone!(moment, "2031-01-01T00:00:00.5Z".parse().unwrap()).to_string(), "2031-01-01T00:00:00.5Z");
    let length = djq_runtime::jiff::SignedDuration::from_micros(-1_500_000);
    assert_eq!(alone!(length, length), length);
    let key = djq_runtime::uuid::Uuid::from_u128(7);
    assert_eq!(alone!(key, key), key);
    let address: std::net::IpAddr = "2001:db8::7".parse().unwrap();
    assert_eq!(alone!(address, address), address);
    let data = djq_runtime::serde_json::json!({"a": [1, null, "x"], "b": {"c": 0.5}});
    assert_eq!(alone!(data, data.clone()), data);
}

#[test]
fn all_at_once_and_none_at_all() {
    let connection = database::copy("all.sqlite3");
    let before = full(&connection);
    assert_eq!(patch!(&connection, before.id), 1, "the rows that it matched");
    assert_eq!(row(&connection, before.id), before);
    assert_eq!(patch!(&connection, before.id, name = "n", small = Some(1), text = None, flag = Some(true)), 1);
    let after = Everything { name: "n".into(), small: Some(1), text: None, flag: Some(true), ..before.clone() };
    assert_eq!(row(&connection, before.id), after);
    assert_eq!(patch!(&connection, -1, name = "nobody"), 0);
}

#[test]
fn what_comes_back_is_the_row_after_it() {
    let connection = database::copy("patched.sqlite3");
    let before = full(&connection);
    let id = before.id;
    let patched = json::patched(&connection, id, Some("new"), None, false).unwrap().unwrap();
    assert_eq!((&*patched.name, patched.small, patched.whole), ("new", before.small, before.whole));
    let patched = json::patched(&connection, id, None, Some(None), true).unwrap().unwrap();
    assert_eq!((&*patched.name, patched.small, patched.whole), ("new", Some(before.small.unwrap_or(0) + 1), None));
    let patched = levels::patched(&connection, id, None, None, false).unwrap().unwrap();
    assert_eq!((&*patched.name, patched.small, patched.whole), ("new", Some(before.small.unwrap_or(0) + 1), None));
    assert!(json::patched(&connection, -1, Some("x"), None, false).unwrap().is_none());
}

#[test]
fn a_model_with_a_parent() {
    let connection = database::copy("taste.sqlite3");
    let before = json::restaurants(&connection).unwrap();
    let first = &before[0];
    assert_eq!(json::taste(&connection, first.id, Some("soup"), None).unwrap(), 1);
    let after = json::restaurants(&connection).unwrap();
    assert_eq!((&*after[0].cuisine, after[0].rating, &after[1..]), ("soup", first.rating, &before[1..]));
    assert_eq!(json::taste(&connection, first.id, None, Some(None)).unwrap(), 1);
    let after = json::restaurants(&connection).unwrap();
    assert_eq!((&*after[0].cuisine, after[0].rating, &*after[0].name), ("soup", None, &*first.name));
}

#[test]
fn guards_on_the_rows_and_on_what_they_get() {
    let connection = database::copy("rate.sqlite3");
    let before = json::visits(&connection).unwrap();
    let city = before.iter().find_map(|visit| visit.city.clone()).unwrap();
    let here = before.iter().filter(|visit| visit.city.as_deref() == Some(&city)).count() as u64;
    assert!(here > 0 && here < before.len() as u64);
    assert_eq!(json::rate(&connection, Some(&city), Some(Some(2))).unwrap(), here);
    for (old, new) in before.iter().zip(json::visits(&connection).unwrap()) {
        let wanted = if old.city.as_deref() == Some(&city) { Some(2) } else { old.stars };
        assert_eq!(new.stars, wanted, "{old:?}");
    }
    assert_eq!(json::rate(&connection, None, None).unwrap(), before.len() as u64);
    assert_eq!(json::rate(&connection, None, Some(None)).unwrap(), before.len() as u64);
    assert!(json::visits(&connection).unwrap().iter().all(|visit| visit.stars.is_none()));
}
