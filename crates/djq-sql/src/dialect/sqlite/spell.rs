//! How SQLite spells functions, aggregates, operators, lookups and casts.

mod aggregates;
mod casts;
mod json;
mod lookups;
mod numbers;
mod operators;
mod statistics;
mod text;
mod time;

use crate::dialect::{
    Binding, Form, Options, Refusal, Spelling,
    operand::{
        base, holes, no_collections, no_headline, no_initcap, no_search, no_similarity, no_to_char,
    },
};
use djq_check::{Ty, Type, functions::FunctionId};
use djq_plan::plan::Expr;

/// The form of a spelling.
pub(super) fn spell(options: &Options, spelling: Spelling<'_>) -> Result<Form, Refusal> {
    match spelling {
        Spelling::Function(id, operands, ty) => function(id, operands, ty),
        Spelling::Aggregate {
            function,
            distinct,
            operands,
            ty,
            ordered,
        } => aggregates::spell(options, function, distinct, operands, ty, ordered),
        Spelling::JsonItem(operand) => Ok(Form::atom(json::value(0, operand))),
        Spelling::Binary(operator, left, right, ty) => {
            Ok(operators::spell(options, operator, left, right, ty))
        }
        Spelling::Lookup(lookup, _, pattern) => Ok(lookups::spell(lookup, pattern)),
        Spelling::Cast(operand, ty) => casts::cast(operand, &ty.kind),
        Spelling::TryCast(operand, ty) => casts::try_cast(operand, &ty.kind),
        Spelling::Negate(..) => Ok(operators::negate()),
    }
}

fn function(id: FunctionId, operands: &[Expr], ty: &Ty) -> Result<Form, Refusal> {
    use FunctionId as F;
    let registered = |sql: &'static str, name: &'static str| Form::atom(sql).registering(name);
    Ok(match id {
        F::Lower => registered("djq_lower({0})", "djq_lower"),
        F::Upper => registered("djq_upper({0})", "djq_upper"),
        F::Length => Form::atom("length({0})"),
        F::Trim => Form::atom("trim({0})"),
        F::LTrim => Form::atom("ltrim({0})"),
        F::RTrim => Form::atom("rtrim({0})"),
        F::Substr => text::substr(operands),
        // Where there is nothing to find it does not look at what would be put there.
        F::Replace => match operands.get(2) {
            Some(to) if to.ty.nullable => {
                Form::atom("iif({2} IS NULL, NULL, replace({0}, {1}, {2}))")
            }
            _ => Form::atom("replace({0}, {1}, {2})"),
        },
        F::Concat => text::concat(operands),
        F::ConcatWs => text::concat_ws(operands),
        F::Left => text::left(operands),
        F::Right => text::right(operands),
        F::LPad => text::pad(true, operands),
        F::RPad => text::pad(false, operands),
        F::Reverse => registered("reverse({0})", "reverse"),
        F::Repeat => text::repeat(operands),
        F::Position => Form::atom("instr({1}, {0})"),
        F::SplitPart => registered("djq_split_part({0}, {1}, {2})", "djq_split_part"),
        F::Ascii => Form::atom("CASE WHEN {0} = '' THEN 0 ELSE unicode({0}) END"),
        F::Chr => text::chr(operands),
        F::Md5 => registered("md5({0})", "md5"),
        F::Sha1 => registered("sha1({0})", "sha1"),
        F::Sha224 => registered("sha224({0})", "sha224"),
        F::Sha256 => registered("sha256({0})", "sha256"),
        F::Sha384 => registered("sha384({0})", "sha384"),
        F::Sha512 => registered("sha512({0})", "sha512"),
        F::RegexpReplace => registered("djq_regexp_replace({0}, {1}, {2})", "djq_regexp_replace"),
        F::RegexpCount => registered("djq_regexp_count({0}, {1})", "djq_regexp_count"),
        F::Collate => text::collate(operands)?,
        F::ToChar => return Err(no_to_char()),
        F::Initcap => return Err(no_initcap()),
        F::Abs => Form::atom("abs({0})"),
        F::Ceil => numbers::to_integral("ceiling", operands),
        F::Floor => numbers::to_integral("floor", operands),
        F::Round => numbers::round(operands),
        F::Trunc => numbers::trunc(operands),
        F::Sqrt => registered("sqrt({0})", "sqrt"),
        F::Cbrt => numbers::cbrt(),
        F::Power => numbers::power(operands),
        F::Exp => registered("exp({0})", "exp"),
        F::Ln => registered("ln({0})", "ln"),
        F::Log => Form::infix(
            "ln({1}) / nullif(ln({0}), 0)",
            Binding::Product,
            Binding::Atom,
        )
        .registering("ln"),
        F::Log10 => registered("log10({0})", "log10"),
        F::Mod => operators::modulo(operands.first(), operands.get(1)),
        F::Sign => Form::infix("({0} > 0) - ({0} < 0)", Binding::Sum, Binding::Other),
        F::Greatest if operands.len() < 2 => Form::atom("{0}"),
        F::Greatest => Form::atom(format!("max({})", holes(operands.len()))),
        F::Least if operands.len() < 2 => Form::atom("{0}"),
        F::Least => Form::atom(format!("min({})", holes(operands.len()))),
        F::Pi => Form::atom("3.141592653589793"),
        F::Degrees => registered("degrees({0})", "degrees"),
        F::Radians => registered("radians({0})", "radians"),
        F::Sin => registered("sin({0})", "sin"),
        F::Cos => registered("cos({0})", "cos"),
        F::Tan => registered("tan({0})", "tan"),
        F::Cot => Form::infix("1 / nullif(tan({0}), 0)", Binding::Product, Binding::Atom)
            .registering("tan"),
        F::Asin => registered("asin({0})", "asin"),
        F::Acos => registered("acos({0})", "acos"),
        F::Atan => registered("atan({0})", "atan"),
        F::Atan2 => registered("atan2({0}, {1})", "atan2"),
        F::Random => Form::atom("((random() & 9007199254740991) / 9007199254740992.0)"),
        F::Now => Form::atom("replace(strftime('%Y-%m-%d %H:%M:%f000', 'now'), '.000000', '')"),
        F::Today => Form::atom("date('now')"),
        F::Date => Form::atom("substr({0}, 1, 10)"),
        F::Time if base(operands, 0) == &Type::Time => Form::atom("{0}"),
        F::Time => Form::atom("substr({0}, 12)"),
        F::DateTrunc => time::trunc(operands)?,
        F::Year => Form::atom("CAST(substr({0}, 1, 4) AS INTEGER)"),
        F::IsoYear => Form::atom(
            "CAST(strftime('%Y', substr({0}, 1, 10), '-3 days', 'weekday 4') AS INTEGER)",
        ),
        F::Quarter => Form::infix(
            "(CAST(substr({0}, 6, 2) AS INTEGER) + 2) / 3",
            Binding::Product,
            Binding::Atom,
        ),
        F::Month => Form::atom("CAST(substr({0}, 6, 2) AS INTEGER)"),
        F::Week => Form::infix(
            "(strftime('%j', substr({0}, 1, 10), '-3 days', 'weekday 4') - 1) / 7 + 1",
            Binding::Sum,
            Binding::Atom,
        ),
        F::Day => Form::atom("CAST(substr({0}, 9, 2) AS INTEGER)"),
        F::Weekday => Form::infix(
            "strftime('%w', substr({0}, 1, 10)) + 1",
            Binding::Sum,
            Binding::Atom,
        ),
        F::IsoWeekday => Form::infix(
            "(strftime('%w', substr({0}, 1, 10)) + 6) % 7 + 1",
            Binding::Sum,
            Binding::Atom,
        ),
        F::Hour => time::part(operands, 1),
        F::Minute => time::part(operands, 4),
        F::Second => time::part(operands, 7),
        F::MakeDate => Form::atom(time::MADE_DATE),
        F::MakeDatetime => time::make_datetime(operands),
        F::Epoch if base(operands, 0) == &Type::Date => {
            Form::atom("CAST(strftime('%s', {0}) AS REAL)")
        }
        F::Epoch if base(operands, 0) == &Type::Duration => {
            Form::infix("{0} / 1000000.0", Binding::Product, Binding::Unary)
        }
        F::Epoch => Form::infix(
            format!("{} / 1000000.0", time::microseconds(0)),
            Binding::Product,
            Binding::Atom,
        ),
        F::FromEpoch => time::moment("CAST(round({0} * 1000000.0) AS INTEGER)"),
        F::DaysBetween => time::days("{1}", "{0}"),
        F::Age => time::age(operands),
        F::AtZone => time::at_zone(operands)?,
        F::DateAddDays => time::add_days(operands),
        F::DateTimeAdd => time::add(operands),
        F::DateAddMonths => time::add_months("", operands),
        F::DateTimeAddMonths => time::add_months(" || substr({0}, 11)", operands),
        F::DateDifference => Form::infix(
            "CAST(julianday({0}) - julianday({1}) AS INTEGER) * 86400000000",
            Binding::Product,
            Binding::Atom,
        ),
        F::DateTimeDifference => Form::infix(
            format!("{} - {}", time::microseconds(0), time::microseconds(1)),
            Binding::Sum,
            Binding::Atom,
        ),
        F::Coalesce if operands.len() < 2 => Form::atom("{0}"),
        F::Coalesce => Form::atom(format!("coalesce({})", holes(operands.len()))),
        F::NullIf => Form::atom("nullif({0}, {1})"),
        F::JsonGet => json::get(operands),
        F::JsonTake => json::take(operands, ty)?,
        F::JsonType => json::kind(operands),
        F::JsonLength => Form::atom(json::LENGTH),
        F::JsonKeys => Form::atom(json::KEYS),
        F::JsonContains => json::contains(operands)?,
        F::HasKey => json::has_key(operands),
        F::JsonObject => json::made("json_object", operands),
        F::JsonArray => json::made("json_array", operands),
        F::ArrayMake
        | F::ArrayGet
        | F::HStoreGet
        | F::HStoreHasKey
        | F::Holds
        | F::HeldBy
        | F::Overlaps
        | F::Adjacent => return Err(no_collections("SQLite has")),
        F::Search | F::SearchRank => return Err(no_search()),
        F::Similarity => return Err(no_similarity()),
        F::Headline => return Err(no_headline()),
        F::UuidV4 => Form::atom(
            "lower(hex(randomblob(6)) || '4' || substr(hex(randomblob(2)), 2) || \
             substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(8)), 2))",
        ),
    })
}
