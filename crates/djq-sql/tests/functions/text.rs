//! Functions of text.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::functions::FunctionId as F;
use djq_sql::dialect::DialectId;

fn call(id: F, operands: Vec<V>, expected: V) -> Case {
    case(What::Function(id), operands, expected)
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = patterns();
    let none = || null(t(""));
    let no_int = || null(i(0));
    for (id, rows) in [
        (
            F::Lower,
            vec![
                ("ABC", "abc"),
                ("", ""),
                ("ÀÉÎ", "àéî"),
                ("Straße", "straße"),
                ("ΣΑΣ", "σασ"),
                ("ДЖ", "дж"),
                ("a{b}C", "a{b}c"),
            ],
        ),
        (
            F::Upper,
            vec![
                ("abc", "ABC"),
                ("", ""),
                ("àéî", "ÀÉÎ"),
                ("straße", "STRAßE"),
                ("дж", "ДЖ"),
            ],
        ),
        (
            F::Trim,
            vec![("  a b ", "a b"), ("", ""), ("   ", ""), ("\ta\n", "\ta\n")],
        ),
        (F::LTrim, vec![("  a ", "a "), ("\t a", "\t a")]),
        (F::RTrim, vec![("  a  ", "  a"), ("a \n", "a \n")]),
        (
            F::Reverse,
            vec![("abc", "cba"), ("", ""), ("aé€😀", "😀€éa")],
        ),
        (
            F::Sha224,
            vec![(
                "abc",
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            )],
        ),
        (
            F::Sha256,
            vec![
                (
                    "abc",
                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                ),
                (
                    "",
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                ),
                (
                    "a\\b",
                    "c62016d0f8ee333350283fd879b50b692932e932794e5d686f7d37d67484e199",
                ),
            ],
        ),
        (
            F::Sha384,
            vec![(
                "abc",
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            )],
        ),
        (
            F::Sha512,
            vec![(
                "abc",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            )],
        ),
    ] {
        for (of, expected) in rows {
            cases.push(call(id, vec![t(of)], t(expected)));
        }
        cases.push(call(id, vec![none()], none()));
    }
    for (of, md5, sha1) in [
        (
            "abc",
            "900150983cd24fb0d6963f7d28e17f72",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
        ),
        (
            "",
            "d41d8cd98f00b204e9800998ecf8427e",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        ),
        (
            "é",
            "66ddcd97cfdeabb2f6fb8a999b4bc76f",
            "bf15be717ac1b080b4f1c456692825891ff5073d",
        ),
    ] {
        cases.push(call(F::Md5, vec![t(of)], t(md5)).refused_on(&[DialectId::MySql]));
        cases.push(
            call(F::Sha1, vec![t(of)], t(sha1))
                .refused_on(&[DialectId::Postgres, DialectId::MySql]),
        );
    }
    for (of, expected) in [("", 0), ("abc", 3), ("aé€😀", 4), ("a ", 2)] {
        cases.push(call(F::Length, vec![t(of)], i(expected)));
    }
    cases.push(call(F::Length, vec![none()], no_int()));
    for (of, start, expected) in [
        ("abcdef", 1, "abcdef"),
        ("abcdef", 3, "cdef"),
        ("abcdef", 7, ""),
        ("abcdef", 99, ""),
        ("abcdef", 0, "abcdef"),
        ("abcdef", -2, "abcdef"),
        ("aé€😀", 3, "€😀"),
        ("", 1, ""),
    ] {
        cases.push(call(F::Substr, vec![t(of), i(start)], t(expected)));
    }
    for (of, start, length, expected) in [
        ("abcdef", 2, 3, "bcd"),
        ("abcdef", 2, 0, ""),
        ("abcdef", 2, -1, ""),
        ("abcdef", 0, 3, "ab"),
        ("abcdef", -1, 3, "a"),
        ("abcdef", -5, 3, ""),
        ("abcdef", 5, 10, "ef"),
        ("abcdef", 10, 2, ""),
        ("abcdef", 1, 6, "abcdef"),
        ("abcdef", 0, -3, ""),
        ("aé€😀", 2, 2, "é€"),
    ] {
        cases.push(call(
            F::Substr,
            vec![t(of), i(start), i(length)],
            t(expected),
        ));
        cases.push(call(
            F::Substr,
            vec![t(of), big(start), big(length)],
            t(expected),
        ));
    }
    cases.push(call(F::Substr, vec![none(), i(1), i(2)], none()));
    cases.push(call(F::Substr, vec![t("abc"), no_int(), i(2)], none()));
    cases.push(call(F::Substr, vec![t("abc"), i(1), no_int()], none()));
    for (of, part, by, expected) in [
        ("banana", "an", "x", "bxxa"),
        ("banana", "", "x", "banana"),
        ("banana", "a", "", "bnn"),
        ("Banana", "b", "x", "Banana"),
        ("a%_b", "%", "!", "a!_b"),
        ("éa", "é", "ü", "üa"),
        ("eé", "e", "x", "xé"),
        ("aaa", "aa", "b", "ba"),
        ("a\\b", "\\", "/", "a/b"),
    ] {
        cases.push(call(F::Replace, vec![t(of), t(part), t(by)], t(expected)));
    }
    cases.push(call(F::Replace, vec![t("a"), none(), t("b")], none()));
    for (parts, expected) in [
        (vec![t("a"), t("b"), t("c")], "abc"),
        (vec![t("a"), none(), t("c")], "ac"),
        (vec![none(), none()], ""),
        (vec![t("a")], "a"),
        (vec![none()], ""),
        (vec![t(""), t("é")], "é"),
    ] {
        cases.push(call(F::Concat, parts, t(expected)));
    }
    for (parts, expected) in [
        (vec![t(", "), t("a"), t("b")], t("a, b")),
        (vec![t(", "), none(), t("b")], t("b")),
        (vec![t(", "), t("a"), none(), t("c")], t("a, c")),
        (vec![t(", "), none(), none()], t("")),
        (vec![t(""), t("a"), t("b")], t("ab")),
        (vec![t("-"), t(""), t("")], t("-")),
        (vec![none(), t("a"), t("b")], none()),
    ] {
        cases.push(call(F::ConcatWs, parts, expected));
    }
    for (of, count, left, right) in [
        ("abcdef", 2, "ab", "ef"),
        ("abcdef", 0, "", ""),
        ("abcdef", 6, "abcdef", "abcdef"),
        ("abcdef", 9, "abcdef", "abcdef"),
        ("abcdef", -2, "abcd", "cdef"),
        ("abcdef", -6, "", ""),
        ("abcdef", -9, "", ""),
        ("aé€😀", 2, "aé", "€😀"),
        ("", 2, "", ""),
    ] {
        for number in [i(count), big(count)] {
            cases.push(call(F::Left, vec![t(of), number.clone()], t(left)));
            cases.push(call(F::Right, vec![t(of), number], t(right)));
        }
    }
    cases.push(call(F::Left, vec![none(), i(1)], none()));
    cases.push(call(F::Right, vec![t("abc"), no_int()], none()));
    for (of, length, fill, left, right) in [
        ("abc", 5, "xy", "xyabc", "abcxy"),
        ("abc", 6, "xy", "xyxabc", "abcxyx"),
        ("abc", 2, "xy", "ab", "ab"),
        ("abc", 3, "xy", "abc", "abc"),
        ("abc", 0, "x", "", ""),
        ("abc", -1, "x", "", ""),
        ("abc", 5, "", "abc", "abc"),
        ("abc", 2, "", "ab", "ab"),
        ("é", 3, "€", "€€é", "é€€"),
        ("", 2, "x", "xx", "xx"),
        ("a", 4, "00", "000a", "a000"),
    ] {
        cases.push(call(F::LPad, vec![t(of), i(length), t(fill)], t(left)));
        cases.push(call(F::RPad, vec![t(of), i(length), t(fill)], t(right)));
    }
    for (of, length, left, right) in [("abc", 5, "  abc", "abc  "), ("abc", 2, "ab", "ab")] {
        cases.push(call(F::LPad, vec![t(of), i(length)], t(left)));
        cases.push(call(F::RPad, vec![t(of), i(length)], t(right)));
    }
    cases.push(call(F::LPad, vec![t("abc"), i(2), none()], none()));
    cases.push(call(F::LPad, vec![t("abc"), no_int(), t("x")], none()));
    cases.push(call(F::RPad, vec![none(), i(5), t("x")], none()));
    for (of, count, expected) in [
        ("ab", 3, "ababab"),
        ("ab", 1, "ab"),
        ("ab", 0, ""),
        ("ab", -1, ""),
        ("", 3, ""),
        ("é", 2, "éé"),
        ("00", 2, "0000"),
    ] {
        cases.push(call(F::Repeat, vec![t(of), i(count)], t(expected)));
    }
    cases.push(call(F::Repeat, vec![t("a"), no_int()], none()));
    cases.push(call(F::Repeat, vec![none(), i(2)], none()));
    for (part, of, expected) in [
        ("b", "abc", 2),
        ("z", "abc", 0),
        ("", "abc", 1),
        ("B", "abc", 0),
        ("é", "caé", 3),
        ("e", "é", 0),
        ("%", "a%", 2),
        ("a", "", 0),
    ] {
        cases.push(call(F::Position, vec![t(part), t(of)], i(expected)));
    }
    cases.push(call(F::Position, vec![none(), t("a")], no_int()));
    for (of, separator, place, expected) in [
        ("a-b-c", "-", 1, t("a")),
        ("a-b-c", "-", 2, t("b")),
        ("a-b-c", "-", 3, t("c")),
        ("a-b-c", "-", 4, t("")),
        ("a-b-c", "-", 0, none()),
        ("a-b-c", "-", -1, none()),
        ("abc", "-", 1, t("abc")),
        ("abc", "-", 2, t("")),
        ("-a", "-", 1, t("")),
        ("a--b", "--", 2, t("b")),
        ("aaa", "aa", 1, t("")),
        ("aaa", "aa", 2, t("a")),
        ("abc", "", 1, t("abc")),
        ("abc", "", 2, t("")),
        ("aXb", "x", 1, t("aXb")),
        ("é€ü", "€", 2, t("ü")),
    ] {
        cases.push(call(
            F::SplitPart,
            vec![t(of), t(separator), i(place)],
            expected,
        ));
    }
    cases.push(call(F::SplitPart, vec![none(), t("-"), i(1)], none()));
    for (of, expected) in [
        ("a", 97),
        ("", 0),
        ("é", 233),
        ("€uro", 8364),
        ("😀", 128_512),
    ] {
        cases.push(call(F::Ascii, vec![t(of)], i(expected)));
    }
    cases.push(call(F::Ascii, vec![none()], no_int()));
    for (of, expected) in [
        (97, t("a")),
        (233, t("é")),
        (8364, t("€")),
        (128_512, t("😀")),
        (0, none()),
        (-1, none()),
        (55_296, none()),
        (1_114_112, none()),
    ] {
        cases.push(call(F::Chr, vec![i(of)], expected.clone()));
        cases.push(call(F::Chr, vec![big(of)], expected));
    }
    cases
}

fn patterns() -> Vec<Case> {
    const ALL_BUT_POSTGRES: [DialectId; 3] =
        [DialectId::MySql, DialectId::MariaDb, DialectId::Sqlite];
    let none = || null(t(""));
    let mut cases = Vec::new();
    for (text, pattern, by, replaced, count) in [
        ("banana", "a", "o", "bonono", 3),
        ("banana", "A", "o", "banana", 0),
        ("banana", "an+", "", "ba", 2),
        ("a1b22", "[0-9]+", "#", "a#b#", 2),
        ("a.b", "[.]", r"\1$0&\", r"a\1$0&\b", 1),
        ("", "x", "y", "", 0),
        ("Äpfel", "^Ä", "ä", "äpfel", 1),
        ("😀 😀", "😀", "é", "é é", 2),
    ] {
        cases.push(call(
            F::RegexpReplace,
            vec![t(text), t(pattern), t(by)],
            t(replaced),
        ));
        cases.push(call(F::RegexpCount, vec![t(text), t(pattern)], i(count)));
    }
    cases.extend([
        call(F::RegexpReplace, vec![none(), t("a"), t("b")], none()),
        call(F::RegexpReplace, vec![t("a"), t("a"), none()], none()),
        call(F::RegexpCount, vec![none(), t("a")], null(i(0))),
        call(F::RegexpCount, vec![t("a"), none()], null(i(0))),
        call(F::Collate, vec![t("Ä"), lit(t("exact"))], t("Ä")),
        call(F::Collate, vec![none(), lit(t("exact"))], none()),
        call(F::Initcap, vec![t("a BC")], t("A Bc")).refused_on(&ALL_BUT_POSTGRES),
        call(
            F::ToChar,
            vec![date("2024-02-29"), lit(t("DD.MM.YYYY"))],
            t("29.02.2024"),
        )
        .refused_on(&ALL_BUT_POSTGRES),
        call(F::ToChar, vec![i(7), lit(t("FM000"))], t("007")).refused_on(&ALL_BUT_POSTGRES),
    ]);
    cases
}
