//! Calls of functions: which one is meant, whether its arguments fit, what it gives.

use super::{
    AggregateCall,
    compare::Comparison,
    describe::offer_conversion,
    moments,
    nearest::nearest,
    node::{self, node},
    numbers,
    signatures::{accepts, gives, is_ordered, nullable, spec, wanted},
};
use crate::{
    Ty, Type,
    functions::{self, AggregateId, Argument, Brought, Callable, Entry, FunctionId, Takes},
    hir::{Expr, ExprKind, Literal},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};
use djq_syntax::ast;

/// The units that `date_trunc` takes, those of a date first.
const UNITS: [&str; 8] = [
    "year", "quarter", "month", "week", "day", "hour", "minute", "second",
];
/// How many of [`UNITS`] a date has.
const UNITS_OF_DATES: usize = 5;

impl Typing<'_> {
    /// A scalar function of the catalogue, `iif`, `coalesce` and `nullif` included. An unknown name is
    /// answered here.
    pub(crate) fn call(&mut self, name: &ast::Name, arguments: Vec<Expr>, span: Span) -> Expr {
        let Some(entry) = functions::entry_by_name(&name.text) else {
            if !self.cast_as_call(name, &arguments, span) {
                self.unknown_function(name);
            }
            for argument in &arguments {
                self.silence(argument);
            }
            return node::error(span);
        };
        match entry.callable {
            Callable::Function(id) => self.function(id, entry, name.span, arguments, span),
            Callable::Iif => self.iif(entry, name.span, arguments, span),
            Callable::Aggregate(_) => {
                let call = AggregateCall {
                    arguments,
                    ..AggregateCall::default()
                };
                self.aggregate(name, call, span)
            }
            Callable::Window(_) => {
                self.needs_over(entry, name.span);
                for argument in &arguments {
                    self.silence(argument);
                }
                node::error(span)
            }
            // Its keys are the group's; the walker knows them.
            Callable::Grouping => node::error(span),
            Callable::Row => self.row(arguments, span),
            Callable::ContentType => {
                self.not_a_model(name.span);
                node::error(span)
            }
        }
    }

    /// The answer to a name that no function has.
    pub(super) fn unknown_function(&mut self, name: &ast::Name) {
        let lower = functions::lowered(&name.text);
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_FUNCTION,
            name.span,
            format!("there is no function `{}`", name.text),
        );
        match functions::brought(&lower) {
            Some(Brought::Renamed(to)) => {
                diagnostic = diagnostic.fix(
                    Applicability::Exact,
                    format!("it is called `{to}`"),
                    name.span,
                    to,
                );
            }
            Some(Brought::Instead(what)) => diagnostic = diagnostic.help(what),
            None => {
                if let Some(near) = nearest(&lower, functions::all().map(|entry| entry.name)) {
                    diagnostic = diagnostic.fix(
                        Applicability::Likely,
                        format!("write `{near}`"),
                        name.span,
                        near,
                    );
                }
            }
        }
        self.problems.push(diagnostic);
    }

    fn function(
        &mut self,
        id: FunctionId,
        entry: &'static Entry,
        at: Span,
        mut arguments: Vec<Expr>,
        span: Span,
    ) -> Expr {
        if !self.arity(entry, at, &arguments) {
            return node::error(span);
        }
        match id {
            FunctionId::Coalesce => return self.coalesce(arguments, span),
            FunctionId::NullIf => return self.nullif(arguments, span),
            FunctionId::HasKey
                if arguments
                    .first()
                    .is_some_and(|base| base.ty.kind.base() == &Type::HStore) =>
            {
                let mut arguments = arguments.into_iter();
                return match (arguments.next(), arguments.next()) {
                    (Some(base), Some(key)) => self.hstore_has_key(base, key, span),
                    _ => node::error(span),
                };
            }
            _ => {}
        }
        let Some(common) = self.arguments(entry, &mut arguments) else {
            return node::error(span);
        };
        match id {
            FunctionId::DateTrunc if !self.unit_of(&arguments) => return node::error(span),
            FunctionId::AtZone if !self.zone(&arguments) => return node::error(span),
            FunctionId::RegexpReplace | FunctionId::RegexpCount
                if !arguments
                    .get(1)
                    .is_none_or(|pattern| self.regex(pattern, false)) =>
            {
                return node::error(span);
            }
            FunctionId::Collate if !self.collation(&arguments) => return node::error(span),
            FunctionId::ToChar if !self.formatted(&arguments) => return node::error(span),
            FunctionId::JsonType => return self.json_type(arguments, span),
            FunctionId::JsonContains if !self.json_item(&mut arguments, span) => {
                return node::error(span);
            }
            FunctionId::JsonObject if !self.json_pairs(entry, at, &mut arguments) => {
                return node::error(span);
            }
            FunctionId::JsonArray if !self.json_values(entry, &mut arguments) => {
                return node::error(span);
            }
            FunctionId::Mod if arguments.get(1).is_some_and(numbers::is_zero) => {
                let at = arguments.get(1).map_or(span, |divisor| divisor.span);
                self.problems.push(
                    Diagnostic::new(
                        &codes::DIVISION_BY_ZERO,
                        at,
                        "division by zero is null, in every row",
                    )
                    .label("this is zero"),
                );
                return node::error(span);
            }
            FunctionId::LPad | FunctionId::RPad if arguments.len() == 2 => {
                let fill = ExprKind::Literal(Literal::Text(" ".into()));
                arguments.push(node(fill, Type::Text.required(), span.after()));
            }
            _ => {}
        }
        let ty = Ty {
            kind: gives(entry, &arguments, common),
            nullable: nullable(id, entry.nulls, &arguments),
        };
        node(ExprKind::Call(id, arguments), ty, span)
    }

    /// Whether a function has as many arguments as it takes.
    pub(super) fn arity(&mut self, entry: &Entry, at: Span, arguments: &[Expr]) -> bool {
        let (least, most) = entry.arity();
        let count = arguments.len();
        if count >= least && most.is_none_or(|most| count <= most) {
            return true;
        }
        for argument in arguments {
            self.silence(argument);
        }
        let takes = match most {
            Some(0) => "no arguments".to_owned(),
            Some(most) if most == least => plural(most),
            Some(most) if most == least + 1 => format!("{least} or {}", plural(most)),
            Some(most) => format!("{least} to {}", plural(most)),
            None => format!("at least {}", plural(least)),
        };
        let mut diagnostic = Diagnostic::new(
            &codes::ARGUMENT_COUNT,
            at,
            format!("`{}` takes {takes}, and here it has {count}", entry.name),
        )
        .note(format!("`{}`", entry.signature()));
        if let (Callable::Function(FunctionId::Log), 1) = (entry.callable, count) {
            diagnostic =
                diagnostic.help("`ln(x)` is the natural logarithm, `log10(x)` the one to base ten");
        }
        if let (Callable::Aggregate(functions::AggregateId::StringAgg), [text]) =
            (entry.callable, arguments)
        {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                "put a comma between the texts",
                text.span.after(),
                ", ', '",
            );
        }
        self.problems.push(diagnostic);
        false
    }

    /// Fits all arguments to what the entry takes; the type of those that must have one. `None` after a diagnostic.
    pub(super) fn arguments(
        &mut self,
        entry: &'static Entry,
        arguments: &mut [Expr],
    ) -> Option<Type> {
        if arguments.iter().any(node::is_error) {
            for argument in arguments.iter() {
                self.silence(argument);
            }
            return None;
        }
        let mut fit = true;
        let counts = entry.callable == Callable::Aggregate(AggregateId::Count);
        for (place, argument) in arguments.iter_mut().enumerate() {
            if !counts && !self.is_single(argument) {
                return None;
            }
            if let Some(spec) = spec(entry, place) {
                fit &= self.argument(entry, spec, argument);
            }
        }
        if !fit {
            return None;
        }
        let mut common: Vec<&mut Expr> = arguments
            .iter_mut()
            .enumerate()
            .filter(|(place, _)| {
                spec(entry, *place).is_some_and(|spec| spec.takes == Takes::Common)
            })
            .map(|(_, argument)| argument)
            .collect();
        if common.is_empty() {
            return Some(Type::Null);
        }
        let ty = self.unify(&mut common, &format!("the values of `{}`", entry.name))?;
        let stray = common
            .first()
            .filter(|_| !is_ordered(&ty) && ty != Type::Null)
            .map(|first| (**first).clone());
        if let Some(stray) = stray
            && !matches!(entry.callable, Callable::Iif | Callable::Window(_))
        {
            self.wrong_argument(entry, Takes::Ordered, &stray);
            return None;
        }
        Some(ty)
    }

    /// Fits one argument; false after a diagnostic.
    fn argument(&mut self, entry: &Entry, spec: Argument, expr: &mut Expr) -> bool {
        let span = expr.span;
        let is_constant = matches!(spec.takes, Takes::Unit | Takes::Zone | Takes::Name);
        if let Some(ty) = wanted(spec.takes, expr).filter(|_| !is_constant) {
            if self.is_open(expr) {
                self.read(expr, &ty, span);
                return true;
            }
            if node::is_null(expr) {
                expr.ty = ty.nullable();
                return true;
            }
            if matches!(ty, Type::Date | Type::DateTime | Type::Time)
                && expr.ty.kind == Type::Text
                && self.read(expr, &ty, span) == super::reading::Reading::Failed
            {
                return false;
            }
        } else if self.is_open(expr) && !is_constant {
            if spec.takes != Takes::Common {
                self.open_is_untold(expr);
            }
            return true;
        }
        if matches!(spec.takes, Takes::Text | Takes::Integer | Takes::Number) {
            self.key_as_value(expr);
        }
        if accepts(spec.takes, &expr.ty.kind)
            && (!is_constant || matches!(node::literal(expr), Some(Literal::Text(_))))
        {
            return true;
        }
        if expr.ty.kind == Type::Calendar {
            self.misplaced_step(expr);
            return false;
        }
        self.wrong_argument(entry, spec.takes, expr);
        false
    }

    fn wrong_argument(&mut self, entry: &Entry, takes: Takes, expr: &Expr) {
        let what = match takes {
            Takes::Text => "text",
            Takes::Bool => "a condition",
            Takes::Integer => "a whole number",
            Takes::Number => "a number",
            Takes::Quantity => "a number or a duration",
            Takes::Date => "a date",
            Takes::DateTime => "a datetime",
            Takes::Day => "a date or a datetime",
            Takes::Span => "a date, a datetime or a duration",
            Takes::Clock => "a datetime or a time",
            Takes::Unit => "a unit of time as a text literal",
            Takes::Zone => "a time zone as a text literal",
            Takes::Json => "JSON",
            Takes::Document => "text or a full-text document",
            Takes::Fraction => "a fraction from 0 to 1",
            Takes::Name => "a name as a text literal",
            Takes::Model => "a model",
            Takes::Ordered => "values that have an order on every database",
            Takes::Any | Takes::Common => "a value",
        };
        let shown = self.ty_name(&expr.ty);
        let code = match (self.mismatch_code(&[expr]), takes) {
            (code, _) if *code == codes::PARAMETER_CONFLICT => code,
            (_, Takes::Unit | Takes::Zone) => &codes::UNKNOWN_UNIT,
            _ => &codes::ARGUMENT_TYPE,
        };
        let mut diagnostic = self
            .about(
                code,
                expr.span,
                format!("`{}` takes {what}, and this is {shown}", entry.name),
                &[expr],
            )
            .note(format!("`{}`", entry.signature()));
        if entry.callable == Callable::Aggregate(AggregateId::Sum)
            && *expr.ty.kind.base() == Type::Bool
            && !matches!(expr.kind, ExprKind::Literal(_))
        {
            diagnostic = diagnostic
                .help("`count(where c)` counts the rows for which `c` is true; `c::int` is 1 or 0");
        }
        if let Some(to) = wanted(takes, expr) {
            diagnostic = offer_conversion(diagnostic, expr, &to);
        }
        self.problems.push(diagnostic);
    }

    /// A key of one column as the value that it is, in place.
    pub(super) fn key_as_value(&self, expr: &mut Expr) {
        if let Type::Key(model) = expr.ty.kind
            && let Some(ty) = self.key_type(model)
        {
            expr.ty.kind = ty;
        }
    }

    fn nullif(&mut self, arguments: Vec<Expr>, span: Span) -> Expr {
        let mut arguments = arguments;
        let [value, other] = arguments.as_mut_slice() else {
            return node::error(span);
        };
        if node::is_null(other) || node::is_null(value) {
            let null = if node::is_null(other) {
                other.span
            } else {
                value.span
            };
            self.null_in(null);
            return node::error(span);
        }
        if !self.align(value, other, Comparison::Equality, None) {
            return node::error(span);
        }
        let ty = value.ty.kind.clone().nullable();
        node(ExprKind::Call(FunctionId::NullIf, arguments), ty, span)
    }

    fn iif(&mut self, entry: &'static Entry, at: Span, arguments: Vec<Expr>, span: Span) -> Expr {
        if !self.arity(entry, at, &arguments) {
            return node::error(span);
        }
        let mut arguments = arguments.into_iter();
        match (arguments.next(), arguments.next(), arguments.next()) {
            (Some(condition), Some(then), Some(otherwise)) => {
                self.case(None, vec![(condition, then)], Some(otherwise), span)
            }
            _ => node::error(span),
        }
    }

    /// `date_trunc`'s unit: a literal, one there is, not shorter than a day for a date.
    fn unit_of(&mut self, arguments: &[Expr]) -> bool {
        let [unit, of] = arguments else {
            return false;
        };
        let Some(Literal::Text(text)) = node::literal(unit) else {
            return false;
        };
        let is_date = of.ty.kind == Type::Date;
        let known = UNITS.iter().position(|known| **known == **text);
        if known.is_some_and(|place| !is_date || place < UNITS_OF_DATES) {
            return true;
        }
        let units = if is_date {
            UNITS.get(..UNITS_OF_DATES).unwrap_or(&UNITS)
        } else {
            &UNITS[..]
        };
        let message = if known.is_some() {
            format!("a date has no {text}")
        } else {
            format!("there is no unit {}", super::describe::quoted(text))
        };
        let list: Vec<String> = units.iter().map(|unit| format!("`'{unit}'`")).collect();
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_UNIT, unit.span, message)
            .note(format!("the units are {}", list.join(", ")));
        if known.is_none()
            && let Some(near) = nearest(text, units.iter().copied())
        {
            diagnostic = diagnostic.fix(
                Applicability::Likely,
                format!("write `'{near}'`"),
                unit.span,
                format!("'{near}'"),
            );
        }
        self.problems.push(diagnostic);
        false
    }

    /// `at_zone`'s zone: an offset, or a name in the form that the zone database has.
    fn zone(&mut self, arguments: &[Expr]) -> bool {
        let Some(zone) = arguments.get(1) else {
            return false;
        };
        let Some(Literal::Text(text)) = node::literal(zone) else {
            return false;
        };
        if moments::is_offset(text) || is_zone_name(text) {
            return true;
        }
        self.problems.push(
            Diagnostic::new(
                &codes::UNKNOWN_UNIT,
                zone.span,
                format!("{} is no time zone", super::describe::quoted(text)),
            )
            .note("a time zone is an offset, `'+02:00'`, or a name, `'Europe/Paris'`"),
        );
        false
    }
}

fn plural(count: usize) -> String {
    match count {
        1 => "1 argument".into(),
        n => format!("{n} arguments"),
    }
}

fn is_zone_name(text: &str) -> bool {
    (text.contains('/') || text.eq_ignore_ascii_case("utc"))
        && text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte))
}
