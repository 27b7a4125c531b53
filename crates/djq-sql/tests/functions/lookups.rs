//! Text lookups.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::hir::Lookup as L;

pub(crate) fn all() -> Vec<What> {
    [
        L::Like,
        L::ILike,
        L::Contains,
        L::IContains,
        L::StartsWith,
        L::IStartsWith,
        L::EndsWith,
        L::IEndsWith,
        L::IExact,
        L::Regex,
        L::IRegex,
    ]
    .into_iter()
    .map(What::Lookup)
    .collect()
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let like = [
        ("abc", "abc", true),
        ("abc", "ABC", false),
        ("ABC", "abc", false),
        ("abc", "a%", true),
        ("abc", "%c", true),
        ("abc", "%b%", true),
        ("abc", "a_c", true),
        ("abc", "a_", false),
        ("aéc", "a_c", true),
        ("é", "_", true),
        ("é", "e", false),
        ("É", "é", false),
        ("", "", true),
        ("", "%", true),
        ("a ", "a", false),
        ("a", "a ", false),
        ("50%", r"50\%", true),
        ("500", r"50\%", false),
        ("a_c", r"a\_c", true),
        ("abc", r"a\_c", false),
        (r"a\c", r"a\\c", true),
        ("a*c", "a*c", true),
        ("abc", "a*c", false),
        ("a?c", "a?c", true),
        ("abc", "a?c", false),
        ("[a]", "[a]", true),
        ("a", "[a]", false),
        ("a!b", "a!b", true),
        ("50%!", r"50\%!", true),
        ("{x}", "{x}", true),
        ("it's", "it's", true),
        ("a\nb", "a%b", true),
        ("a|b", "a|b", true),
    ];
    for (value, pattern, expected) in like {
        cases.push(case(
            What::Lookup(L::Like),
            vec![t(value), t(pattern)],
            b(expected),
        ));
    }
    let ilike = [
        ("abc", "ABC", true),
        ("ABC", "abc", true),
        ("ÀÉ", "àé", true),
        ("àé", "À%", true),
        ("Kit", "k_T", true),
        ("é", "e", false),
        ("ДЖ", "дж", true),
        ("50%", r"50\%", true),
        ("500", r"50\%", false),
        ("a ", "A", false),
        ("Box", "b%X", true),
        ("\u{212a}elvin", "kelvin", true),
        ("b*", "B*", true),
        ("bx", "B*", false),
    ];
    for (value, pattern, expected) in ilike {
        cases.push(case(
            What::Lookup(L::ILike),
            vec![t(value), t(pattern)],
            b(expected),
        ));
    }
    // Wildcards are data.
    for (value, pattern, contains, starts, ends) in [
        ("abc", "b", true, false, false),
        ("abc", "abc", true, true, true),
        ("abc", "ab", true, true, false),
        ("abc", "bc", true, false, true),
        ("abc", "", true, true, true),
        ("", "", true, true, true),
        ("", "a", false, false, false),
        ("abc", "ABC", false, false, false),
        ("abc", "abcd", false, false, false),
        ("abc", "zzabc", false, false, false),
        ("abc", "a%", false, false, false),
        ("a%c", "a%", true, true, false),
        ("a_c", "_c", true, false, true),
        ("abc", "_c", false, false, false),
        (r"a\c", r"\", true, false, false),
        (r"a\", r"\", true, false, true),
        ("a!%", "!%", true, false, true),
        ("a*", "*", true, false, true),
        ("ab", "*", false, false, false),
        ("[x]", "[x]", true, true, true),
        ("x", "[x]", false, false, false),
        ("é", "e", false, false, false),
        ("caé", "é", true, false, true),
        ("a b ", " ", true, false, true),
        ("a", "a ", false, false, false),
        ("{0}", "{", true, true, false),
        ("{0}", "}", true, false, true),
        ("it's", "t's", true, false, true),
        ("a?b", "?", true, false, false),
        ("$1:a", "$1", true, true, false),
        ("😀x", "x", true, false, true),
    ] {
        for (lookup, expected) in [
            (L::Contains, contains),
            (L::StartsWith, starts),
            (L::EndsWith, ends),
        ] {
            cases.push(case(
                What::Lookup(lookup),
                vec![t(value), t(pattern)],
                b(expected),
            ));
        }
    }
    for (value, pattern, contains, starts, ends, exact) in [
        ("ABC", "b", true, false, false, false),
        ("abc", "ABC", true, true, true, true),
        ("ÀÉÎ", "é", true, false, false, false),
        ("ÀÉÎ", "àéî", true, true, true, true),
        ("ÀÉÎ", "aei", false, false, false, false),
        ("Title", "IT", true, false, false, false),
        ("50%", "0%", true, false, true, false),
        ("500", "0%", false, false, false, false),
        ("A_B", "_b", true, false, true, false),
        ("AXB", "_b", false, false, false, false),
        (r"A\B", r"\b", true, false, true, false),
        ("abc", "", true, true, true, false),
        ("", "", true, true, true, true),
        ("a", "A ", false, false, false, false),
        ("ДОМ", "ом", true, false, true, false),
        ("b[X]", "[x]", true, false, true, false),
    ] {
        for (lookup, expected) in [
            (L::IContains, contains),
            (L::IStartsWith, starts),
            (L::IEndsWith, ends),
            (L::IExact, exact),
        ] {
            cases.push(case(
                What::Lookup(lookup),
                vec![t(value), t(pattern)],
                b(expected),
            ));
        }
    }
    for (value, pattern, regex, iregex) in [
        ("abc", "b", true, true),
        ("ABC", "b", false, true),
        ("abc", "^b", false, false),
        ("abc", "^A", false, true),
        ("abc", "c$", true, true),
        ("abc", "^a.c$", true, true),
        ("a.c", r"a\.c", true, true),
        ("abc", r"a\.c", false, false),
        ("abc123", "[0-9]+", true, true),
        ("abc", "(x|b)", true, true),
        ("É", "é", false, true),
        ("", "^$", true, true),
        ("it's", "'", true, true),
        ("a{2}", "a{2}", false, false),
        ("aa", "^a{2}$", true, true),
    ] {
        cases.push(case(
            What::Lookup(L::Regex),
            vec![t(value), t(pattern)],
            b(regex),
        ));
        cases.push(case(
            What::Lookup(L::IRegex),
            vec![t(value), t(pattern)],
            b(iregex),
        ));
    }
    for what in all() {
        cases.push(case(what, vec![null(t("")), lit(t("a"))], null(b(true))));
        cases.push(case(what, vec![null(t("")), t("a")], null(b(true))));
        cases.push(case(what, vec![t("a"), null(t(""))], null(b(true))));
    }
    cases
}
