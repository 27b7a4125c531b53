//! How PostgreSQL spells functions, aggregates, operators, lookups and casts.

mod aggregates;
mod casts;
mod collections;
mod json;
mod lookups;
mod numbers;
mod operators;
mod search;
mod statistics;
mod text;
mod time;

use crate::dialect::{
    Binding, Form, Options, Refusal, Spelling,
    operand::{base, holes},
};
use djq_check::{Ty, Type, functions::FunctionId};
use djq_plan::plan::Expr;

/// The form of a spelling.
pub(super) fn spell(options: &Options, spelling: Spelling<'_>) -> Result<Form, Refusal> {
    match spelling {
        Spelling::Function(id, operands, ty) => function(options, id, operands, ty),
        Spelling::Aggregate {
            function,
            distinct,
            operands,
            ty,
            ordered,
        } => aggregates::spell(options, function, distinct, operands, ty, ordered),
        Spelling::JsonItem(_) => Ok(Form::atom("{0}")),
        Spelling::Binary(operator, left, right, ty) => {
            Ok(operators::spell(options, operator, left, right, ty))
        }
        Spelling::Lookup(lookup, value, pattern) => Ok(lookups::spell(lookup, value, pattern)),
        Spelling::Cast(operand, ty) => casts::cast(options, operand, &ty.kind),
        Spelling::TryCast(operand, ty) => casts::try_cast(options, operand, &ty.kind),
        Spelling::Negate(operand, ty) => Ok(operators::negate(operand, ty)),
    }
}

fn function(
    options: &Options,
    id: FunctionId,
    operands: &[Expr],
    ty: &Ty,
) -> Result<Form, Refusal> {
    use FunctionId as F;
    Ok(match id {
        F::Lower => changed_case("lower", options),
        F::Upper => changed_case("upper", options),
        F::Length => Form::atom("char_length({0})"),
        F::Trim => Form::atom("trim({0})"),
        F::LTrim => Form::atom("ltrim({0})"),
        F::RTrim => Form::atom("rtrim({0})"),
        F::Substr => text::substr(operands),
        F::Replace => Form::atom("replace({0}, {1}, {2})"),
        F::Concat => Form::atom(format!("concat({})", holes(operands.len()))),
        F::ConcatWs => Form::atom(format!("concat_ws({})", holes(operands.len()))),
        F::Left => text::counted("left({0}, @1)", operands),
        F::Right => text::counted("right({0}, @1)", operands),
        F::LPad => text::pad("lpad", operands),
        F::RPad => text::pad("rpad", operands),
        F::Reverse => Form::atom("reverse({0})"),
        F::Repeat => text::counted("repeat({0}, @1)", operands),
        F::Position => Form::atom("strpos({1}, {0})"),
        F::SplitPart => text::split_part(operands),
        F::Ascii => Form::atom("ascii({0})"),
        F::Chr => text::chr(operands),
        F::Md5 => Form::atom("md5({0})"),
        F::Sha1 => return Err(text::no_sha1()),
        F::Sha224 => Form::atom("encode(sha224(convert_to({0}, 'UTF8')), 'hex')"),
        F::Sha256 => Form::atom("encode(sha256(convert_to({0}, 'UTF8')), 'hex')"),
        F::Sha384 => Form::atom("encode(sha384(convert_to({0}, 'UTF8')), 'hex')"),
        F::Sha512 => Form::atom("encode(sha512(convert_to({0}, 'UTF8')), 'hex')"),
        F::RegexpReplace => text::regexp_replace(operands),
        F::RegexpCount => text::regexp_count(operands),
        F::Collate => text::collate(operands)?,
        F::ToChar => time::to_char(options, operands),
        F::Initcap => Form::atom("initcap({0})"),
        // Of the least 32 bits hold it is more than they hold.
        F::Abs if base(operands, 0) == &Type::Int => Form::atom("abs({0}::bigint)"),
        F::Abs => Form::atom("abs({0})"),
        F::Ceil => numbers::to_integral("ceil({0})", operands),
        F::Floor => numbers::to_integral("floor({0})", operands),
        F::Round => numbers::round(operands, ty),
        F::Trunc => numbers::to_integral("trunc({0})", operands),
        F::Sqrt => numbers::sqrt(operands),
        F::Cbrt => numbers::floats("cbrt(@0)", operands),
        F::Power => numbers::power(operands),
        F::Exp => numbers::floats("exp(@0)", operands),
        F::Ln => numbers::logarithm("ln", operands),
        F::Log => numbers::log(operands),
        F::Log10 => numbers::logarithm("log10", operands),
        F::Mod => operators::modulo(operands.first(), operands.get(1), ty),
        F::Sign => Form::atom("sign({0})::integer"),
        F::Greatest => numbers::extreme("greatest", operands),
        F::Least => numbers::extreme("least", operands),
        F::Pi => Form::atom("pi()"),
        F::Degrees => numbers::floats("degrees(@0)", operands),
        F::Radians => numbers::floats("radians(@0)", operands),
        F::Sin => numbers::floats("sin(@0)", operands),
        F::Cos => numbers::floats("cos(@0)", operands),
        F::Tan => numbers::floats("tan(@0)", operands),
        F::Cot => numbers::floats("(1 / nullif(tan(@0), 0))", operands),
        F::Asin => numbers::floats("asin(CASE WHEN @0 BETWEEN -1 AND 1 THEN @0 END)", operands),
        F::Acos => numbers::floats("acos(CASE WHEN @0 BETWEEN -1 AND 1 THEN @0 END)", operands),
        F::Atan => numbers::floats("atan(@0)", operands),
        F::Atan2 => numbers::floats("atan2(@0, @1)", operands),
        F::Random => Form::atom("random()"),
        F::Now => time::now(options),
        F::Today => Form::atom("(now() AT TIME ZONE 'UTC')::date"),
        F::Date => time::of(options, operands, "@0::date"),
        F::Time => time::of(options, operands, "@0::time"),
        F::DateTrunc => time::trunc(options, operands)?,
        F::Year => time::of(options, operands, "extract(year FROM @0)::integer"),
        F::IsoYear => time::of(options, operands, "extract(isoyear FROM @0)::integer"),
        F::Quarter => time::of(options, operands, "extract(quarter FROM @0)::integer"),
        F::Month => time::of(options, operands, "extract(month FROM @0)::integer"),
        F::Week => time::of(options, operands, "extract(week FROM @0)::integer"),
        F::Day => time::of(options, operands, "extract(day FROM @0)::integer"),
        F::Weekday => time::of(options, operands, "(extract(dow FROM @0)::integer + 1)"),
        F::IsoWeekday => time::of(options, operands, "extract(isodow FROM @0)::integer"),
        F::Hour => time::of(options, operands, "extract(hour FROM @0)::integer"),
        F::Minute => time::of(options, operands, "extract(minute FROM @0)::integer"),
        F::Second => time::of(options, operands, "floor(extract(second FROM @0))::integer"),
        F::MakeDate => time::make_date(),
        F::MakeDatetime => time::make_datetime(options, operands),
        F::Epoch => time::of(
            options,
            operands,
            "extract(epoch FROM @0)::double precision",
        ),
        F::FromEpoch => time::from_epoch(options, operands),
        F::DaysBetween => time::days_between(options, operands),
        F::Age => time::age(options, operands),
        F::AtZone => time::at_zone(options, operands)?,
        F::DateAddDays => time::add_days(operands),
        F::DateTimeAdd => time::add(options, operands),
        F::DateAddMonths => time::add_months_to_date(operands),
        F::DateTimeAddMonths => time::add_months(options, operands),
        F::DateDifference => Form::atom("make_interval(days => {0} - {1})"),
        F::DateTimeDifference => Form::infix("{0} - {1}", Binding::Sum, Binding::Product),
        F::Coalesce => Form::atom(format!("coalesce({})", holes(operands.len()))),
        F::NullIf => Form::atom("nullif({0}, {1})"),
        F::JsonGet => json::get(operands),
        F::JsonTake => json::take(operands, ty)?,
        F::JsonType => json::kind(operands),
        F::JsonLength => Form::atom(json::LENGTH),
        F::JsonKeys => Form::atom(json::KEYS),
        F::JsonContains => json::contains(operands),
        F::HasKey => json::has_key(operands),
        F::JsonObject => json::made("jsonb_build_object", operands),
        F::JsonArray => json::made("jsonb_build_array", operands),
        F::ArrayMake => collections::array(options, operands, ty)?,
        F::ArrayGet => collections::item(operands),
        F::HStoreGet => Form::infix("{0} -> {1}", Binding::Other, Binding::Sum),
        F::HStoreHasKey => Form::atom("exist({0}, {1})"),
        F::Holds | F::HeldBy | F::Overlaps | F::Adjacent => {
            let sign = match id {
                F::Holds => "@>",
                F::HeldBy => "<@",
                F::Overlaps => "&&",
                _ => "-|-",
            };
            match operands {
                [left, right] => collections::operator(sign, left, right),
                _ => Form::atom("NULL"),
            }
        }
        F::Search => search::search(operands),
        F::SearchRank => search::rank(operands),
        F::Similarity => Form::atom(search::SIMILARITY),
        F::Headline => Form::atom(search::HEADLINE),
        F::UuidV4 => Form::atom("gen_random_uuid()"),
    })
}

/// The collation decides which letters have another case, and the exact one knows ASCII's alone: an operand
/// that is compared exactly must not bring it here, nor what comes out another.
fn changed_case(name: &str, options: &Options) -> Form {
    if options.exact_collation {
        Form::infix(
            format!("{name}({{0}} COLLATE \"default\") COLLATE \"C\""),
            crate::dialect::Binding::Unary,
            crate::dialect::Binding::Atom,
        )
    } else {
        Form::atom(format!("{name}({{0}})"))
    }
}
