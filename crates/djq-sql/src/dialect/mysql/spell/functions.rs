//! Functions on MySQL, and on MariaDB where that has nothing of its own.

use super::{json, numbers, operators, search, text, time};
use crate::dialect::{
    Binding, Form, Refusal,
    operand::{base, holes, no_collections, no_headline, no_initcap, no_similarity, no_to_char},
};
use djq_check::{Ty, Type, functions::FunctionId};
use djq_plan::plan::Expr;

/// The form of a function; `binary` is the collation that compares code points.
pub(in crate::dialect) fn spell(
    binary: &str,
    json_is: json::Kind,
    id: FunctionId,
    operands: &[Expr],
    ty: &Ty,
) -> Result<Form, Refusal> {
    use FunctionId as F;
    Ok(match id {
        F::Lower => Form::atom("lower({0})"),
        F::Upper => Form::atom("upper({0})"),
        F::Length => Form::atom("char_length({0})"),
        F::Trim => Form::atom("trim({0})"),
        F::LTrim => Form::atom("ltrim({0})"),
        F::RTrim => Form::atom("rtrim({0})"),
        F::Substr => text::substr(operands),
        F::Replace => Form::atom("replace({0}, {1}, {2})"),
        F::Concat => text::concat(operands),
        F::ConcatWs => Form::atom(format!("concat_ws({})", holes(operands.len()))),
        F::Left => text::side("left", operands),
        F::Right => text::side("right", operands),
        F::LPad => text::pad("lpad", operands),
        F::RPad => text::pad("rpad", operands),
        F::Reverse => Form::atom("reverse({0})"),
        F::Repeat => Form::atom("repeat({0}, {1})"),
        // It is the collation of the text that counts, of whatever character set.
        F::Position => Form::atom(format!(
            "locate({{0}}, CONVERT({{1}} USING utf8mb4) COLLATE {binary})"
        )),
        F::SplitPart => text::split_part(operands),
        F::Ascii => Form::atom("ord(CONVERT(left({0}, 1) USING utf32))"),
        F::Chr => text::chr(operands),
        F::Md5 => Form::atom("md5({0})"),
        F::Sha1 => Form::atom("sha1({0})"),
        F::Sha224 => Form::atom("sha2({0}, 224)"),
        F::Sha256 => Form::atom("sha2({0}, 256)"),
        F::Sha384 => Form::atom("sha2({0}, 384)"),
        F::Sha512 => Form::atom("sha2({0}, 512)"),
        // Each spells these by itself.
        F::RegexpReplace | F::RegexpCount => Form::atom("NULL"),
        F::Collate => text::collate(binary, operands)?,
        F::ToChar => return Err(no_to_char()),
        F::Initcap => return Err(no_initcap()),
        F::Abs => Form::atom("abs({0})"),
        F::Ceil => numbers::to_integral("ceiling({0})", operands),
        F::Floor => numbers::to_integral("floor({0})", operands),
        F::Round => numbers::round(operands),
        F::Trunc => numbers::to_integral("truncate({0}, 0)", operands),
        F::Sqrt => Form::atom("sqrt({0})"),
        F::Cbrt => Form::infix(
            "sign({0}) * power(abs({0}), 1 / 3e0)",
            Binding::Product,
            Binding::Unary,
        ),
        F::Power => numbers::power(operands),
        F::Exp => Form::atom("exp({0})"),
        F::Ln => Form::atom("ln({0})"),
        F::Log => Form::infix(
            "ln({1}) / nullif(ln({0}), 0)",
            Binding::Product,
            Binding::Unary,
        ),
        F::Log10 => Form::atom("log10({0})"),
        F::Mod => operators::modulo(operands.first(), operands.get(1)),
        F::Sign => Form::atom("sign({0})"),
        F::Greatest | F::Least if operands.len() < 2 => Form::atom("{0}"),
        F::Greatest => Form::atom(format!("greatest({})", holes(operands.len()))),
        F::Least => Form::atom(format!("least({})", holes(operands.len()))),
        // PI() is shown with six digits.
        F::Pi => Form::atom("3.141592653589793e0"),
        F::Degrees => Form::atom("degrees({0})"),
        F::Radians => Form::atom("radians({0})"),
        F::Sin => Form::atom("sin({0})"),
        F::Cos => Form::atom("cos({0})"),
        F::Tan => Form::atom("tan({0})"),
        F::Cot => Form::infix("1 / nullif(tan({0}), 0)", Binding::Product, Binding::Unary),
        F::Asin => Form::atom("asin({0})"),
        F::Acos => Form::atom("acos({0})"),
        F::Atan => Form::atom("atan({0})"),
        F::Atan2 => Form::atom("atan2({0}, {1})"),
        F::Random => Form::atom("rand()"),
        F::Now => Form::atom("utc_timestamp(6)"),
        F::Today => Form::atom("utc_date()"),
        F::Date => Form::atom("date({0})"),
        F::Time => Form::atom("time({0})"),
        F::DateTrunc => time::trunc(operands)?,
        // YEAR() has no sign, and no difference below zero.
        F::Year => Form::atom("extract(YEAR FROM {0})"),
        F::IsoYear => Form::infix("yearweek({0}, 3) DIV 100", Binding::Product, Binding::Unary),
        F::Quarter => Form::atom("quarter({0})"),
        F::Month => Form::atom("month({0})"),
        F::Week => Form::atom("week({0}, 3)"),
        F::Day => Form::atom("day({0})"),
        F::Weekday => Form::atom("dayofweek({0})"),
        F::IsoWeekday => Form::infix("weekday({0}) + 1", Binding::Sum, Binding::Sum),
        F::Hour => Form::atom("hour({0})"),
        F::Minute => Form::atom("minute({0})"),
        F::Second => Form::atom("second({0})"),
        F::MakeDate => time::make_date(operands),
        F::MakeDatetime => time::make_datetime(operands),
        F::Epoch if base(operands, 0) == &Type::Duration => {
            Form::infix("{0} / 1e6", Binding::Product, Binding::Unary)
        }
        F::Epoch => Form::infix(
            "timestampdiff(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', {0}) / 1e6",
            Binding::Product,
            Binding::Unary,
        ),
        F::FromEpoch => Form::infix(
            "TIMESTAMP '1970-01-01 00:00:00' + INTERVAL round({0} * 1000000) MICROSECOND",
            Binding::Sum,
            Binding::Unary,
        ),
        F::DaysBetween => Form::atom("datediff({1}, {0})"),
        F::Age => Form::atom("timestampdiff(YEAR, {1}, {0})"),
        F::AtZone => time::at_zone(operands, time::LAST)?,
        F::DateAddDays => time::add("DAY", operands),
        F::DateTimeAdd => time::add_duration(operands),
        F::DateAddMonths | F::DateTimeAddMonths => time::add("MONTH", operands),
        F::DateDifference => Form::infix(
            "datediff({0}, {1}) * 86400000000",
            Binding::Product,
            Binding::Unary,
        ),
        F::DateTimeDifference => Form::atom("timestampdiff(MICROSECOND, {1}, {0})"),
        F::Coalesce => Form::atom(format!("coalesce({})", holes(operands.len()))),
        F::NullIf => Form::atom("nullif({0}, {1})"),
        F::JsonGet => json::get(json_is, operands)?,
        F::JsonTake => json::take(json_is, operands, ty)?,
        F::JsonType => json::kind(json_is, operands)?,
        F::JsonLength => Form::atom(json::LENGTH),
        F::JsonKeys => json::keys(json_is),
        F::JsonContains => json::contains(json_is, operands)?,
        F::HasKey => json::has_key(json_is, operands)?,
        F::JsonObject => json::made(json_is, "json_object", operands),
        F::JsonArray => json::made(json_is, "json_array", operands),
        F::ArrayMake
        | F::ArrayGet
        | F::HStoreGet
        | F::HStoreHasKey
        | F::Holds
        | F::HeldBy
        | F::Overlaps
        | F::Adjacent => return Err(no_collections("MySQL and MariaDB have")),
        F::Search => search::search(operands)?,
        F::SearchRank => search::rank(operands)?,
        F::Similarity => return Err(no_similarity()),
        F::Headline => return Err(no_headline()),
        F::UuidV4 => Form::atom(
            "lower(concat(hex(random_bytes(6)), '4', substring(hex(random_bytes(2)), 2), \
             elt(1 + floor(rand() * 4), '8', '9', 'a', 'b'), substring(hex(random_bytes(8)), 2)))",
        ),
    })
}
