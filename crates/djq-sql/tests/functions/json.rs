//! Functions of JSON.

use crate::{
    case::{Case, What, case},
    value::*,
};
use djq_check::functions::FunctionId as F;

fn call(id: F, operands: Vec<V>, expected: V) -> Case {
    case(What::Function(id), operands, expected)
}

pub(crate) fn cases() -> Vec<Case> {
    let document = || j(r#"{"a": [1, "two", null, {"b": true}], "n": null, "x": 2.5}"#);
    let step = |text: &str| lit(t(text));
    let at = |index: i64| lit(i(index));
    let no_json = || null(j("null"));
    vec![
        call(
            F::JsonGet,
            vec![document(), step("a"), at(1)],
            j(r#""two""#),
        ),
        call(
            F::JsonGet,
            vec![document(), step("a"), at(-1), step("b")],
            j("true"),
        ),
        call(F::JsonGet, vec![document(), step("n")], no_json()),
        call(F::JsonGet, vec![document(), at(0)], no_json()),
        call(F::JsonGet, vec![null(document()), at(0)], no_json()),
        call(F::JsonTake, vec![document(), step("x")], f(2.5)),
        call(F::JsonTake, vec![document(), step("a"), at(1)], t("two")),
        call(F::JsonTake, vec![document(), step("a"), at(0)], null(t(""))),
        call(F::JsonType, vec![document(), step("n")], t("null")),
        call(F::JsonType, vec![document(), step("m")], null(t(""))),
        call(F::JsonLength, vec![document()], i(3)),
        call(F::JsonLength, vec![j("[]")], i(0)),
        call(F::JsonLength, vec![j("7")], null(i(0))),
        call(F::JsonKeys, vec![document()], j(r#"["a", "n", "x"]"#)),
        call(F::JsonKeys, vec![j("{}")], j("[]")),
        call(F::JsonKeys, vec![j("[1]")], no_json()),
        call(
            F::JsonContains,
            vec![j(r#"[1, [2], "a"]"#), t("a")],
            b(true),
        ),
        call(F::JsonContains, vec![j(r#"[1, [2], "a"]"#), i(2)], b(false)),
        call(F::JsonContains, vec![j("5"), i(5)], b(false)),
        call(F::JsonContains, vec![j("[true]"), b(true)], b(true)),
        call(
            F::JsonContains,
            vec![j("[true]"), null(b(true))],
            null(b(true)),
        ),
        call(F::HasKey, vec![document(), step("n")], b(true)),
        call(F::HasKey, vec![j(r#"["n"]"#), step("n")], b(false)),
        call(
            F::JsonObject,
            vec![step("a"), i(1), step("b"), j("[2]")],
            j(r#"{"a": 1, "b": [2]}"#),
        ),
        call(
            F::JsonArray,
            vec![t("x"), b(false), j(r#"{"a": 1}"#)],
            j(r#"["x", false, {"a": 1}]"#),
        ),
    ]
}
