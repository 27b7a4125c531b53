//! Text: `||`, `like` and the lookups.

use super::{
    Operator,
    describe::append,
    node::{self, negate, node},
    regex,
};
use crate::{
    Type,
    hir::{BinaryOperator, Expr, ExprKind, Literal, Lookup},
    sink::Typing,
};
use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

impl Typing<'_> {
    /// `x || y`.
    pub(super) fn concat(
        &mut self,
        operator: Span,
        mut left: Expr,
        mut right: Expr,
        span: Span,
    ) -> Expr {
        let broken = node::is_error(&left) || node::is_error(&right);
        let joined = self.text_operands(&mut left, &mut right, operator, "`||` joins text");
        if broken && !joined {
            return node::error(span);
        }
        // Else what is no text has been said, and the next `||` looks at its own sides.
        let ty = Type::Text
            .required()
            .with_null(left.ty.nullable || right.ty.nullable);
        let both = ExprKind::Binary(BinaryOperator::Concat, Box::new(left), Box::new(right));
        node(both, ty, span)
    }

    /// `x [not] contains y` and its kin; the pattern of `regex` is checked where it is a literal.
    pub(super) fn lookup(
        &mut self,
        operator: Operator,
        lookup: Lookup,
        mut value: Expr,
        mut pattern: Expr,
        span: Span,
    ) -> Expr {
        let takes = "lookups look into text";
        if !self.text_operands(&mut value, &mut pattern, operator.span, takes) {
            return node::error(span);
        }
        if matches!(lookup, Lookup::Regex | Lookup::IRegex)
            && !self.regex(&pattern, lookup == Lookup::IRegex)
        {
            return node::error(span);
        }
        let ty = Type::Bool
            .required()
            .with_null(value.ty.nullable || pattern.ty.nullable);
        let (value, pattern) = (Box::new(value), Box::new(pattern));
        let kind = ExprKind::Lookup {
            lookup,
            value,
            pattern,
        };
        negate(operator.negated, node(kind, ty, span))
    }

    /// A regular expression that is a literal reads alike everywhere; false after a diagnostic.
    pub(super) fn regex(&mut self, pattern: &Expr, ignores_case: bool) -> bool {
        let Some(Literal::Text(text)) = node::literal(pattern) else {
            return true;
        };
        let Err(problem) = regex::check(text, ignores_case) else {
            return true;
        };
        let mut diagnostic = Diagnostic::new(
            &codes::INVALID_REGEX,
            pattern.span,
            if problem.is_broken {
                "this is no regular expression"
            } else {
                "this regular expression does not read alike on all databases"
            },
        )
        .label(problem.why);
        if let Some(instead) = problem.instead {
            diagnostic = diagnostic.help(instead);
        }
        self.problems.push(diagnostic);
        false
    }

    /// `collate`'s collation: a name and no more.
    pub(super) fn collation(&mut self, arguments: &[Expr]) -> bool {
        let Some(name) = arguments.get(1) else {
            return false;
        };
        let Some(Literal::Text(text)) = node::literal(name) else {
            return false;
        };
        let is_name = |char: char| char.is_ascii_alphanumeric() || "_-.@".contains(char);
        if !text.is_empty() && text.len() <= 63 && text.chars().all(is_name) {
            return true;
        }
        self.problems.push(
            Diagnostic::new(
                &codes::ARGUMENT_TYPE,
                name.span,
                format!("{} is no collation's name", super::describe::quoted(text)),
            )
            .help("`'exact'` compares code points on every database"),
        );
        false
    }

    /// `to_char` takes numbers, dates and datetimes.
    pub(super) fn formatted(&mut self, arguments: &[Expr]) -> bool {
        let Some(value) = arguments.first() else {
            return false;
        };
        let base = value.ty.kind.base();
        if base.is_number() || matches!(base, Type::Date | Type::DateTime) {
            return true;
        }
        let message = format!(
            "`to_char` takes a number, a date or a datetime, and this is {}",
            self.ty_name(&value.ty)
        );
        let diagnostic = self.about(&codes::ARGUMENT_TYPE, value.span, message, &[value]);
        self.problems.push(diagnostic);
        false
    }

    /// The answer to `content_type` of what is no model.
    pub(super) fn not_a_model(&mut self, at: Span) {
        self.problems.push(
            Diagnostic::new(
                &codes::ARGUMENT_TYPE,
                at,
                "`content_type` takes the name of a model",
            )
            .help("write `content_type(Entry)`"),
        );
    }

    /// Both operands as text; false after a diagnostic.
    fn text_operands(
        &mut self,
        left: &mut Expr,
        right: &mut Expr,
        operator: Span,
        takes: &str,
    ) -> bool {
        if node::is_error(left) || node::is_error(right) {
            self.silence(left);
            self.silence(right);
            return false;
        }
        let mut fit = true;
        for side in [&mut *left, &mut *right] {
            let from = side.span;
            self.key_as_value(side);
            if self.is_open(side) {
                self.read(side, &Type::Text, from);
            } else if node::is_null(side) {
                side.ty = Type::Text.nullable();
            } else if side.ty.kind.base() != &Type::Text {
                fit = false;
            }
        }
        if fit {
            return true;
        }
        let strays: Vec<&Expr> = [&*left, &*right]
            .into_iter()
            .filter(|side| side.ty.kind.base() != &Type::Text)
            .collect();
        let mut diagnostic = self.about(
            &codes::OPERAND_TYPE,
            operator,
            format!("{takes}, and this is {}", {
                let stray = strays.first().copied().unwrap_or(left);
                self.ty_name(&stray.ty)
            }),
            &[left, right],
        );
        let edits: Vec<_> = strays
            .iter()
            .filter(|side| has_text(&side.ty.kind))
            .flat_map(|side| append(side, "::text"))
            .collect();
        if !edits.is_empty() {
            diagnostic = diagnostic.fix_all(Applicability::Likely, "convert it to text", edits);
        }
        self.problems.push(diagnostic);
        false
    }
}

/// Whether `::text` takes it.
fn has_text(ty: &Type) -> bool {
    matches!(
        ty.base(),
        Type::Int
            | Type::BigInt
            | Type::Decimal(..)
            | Type::Float
            | Type::Bool
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Uuid
            | Type::Key(_)
            | Type::Inet
            | Type::Json
    )
}
