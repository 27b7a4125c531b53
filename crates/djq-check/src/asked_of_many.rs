//! What other languages ask of a list, `len(a.entries)`, `first(a.entries.title)`, `a.entries[0]`, beside a relation to
//! many: what is written instead. It only offers.

use crate::{
    Type,
    hir::{Expr, ExprKind},
    paths::Meaning,
    resolve::is_path,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_syntax::ast;

impl<'a> Walker<'a> {
    /// Of a function that the language has not, or not for rows; true after a diagnostic.
    pub(crate) fn asked_of_many(&mut self, call: &'a ast::Call, span: Span) -> bool {
        let word = call.name.text.to_lowercase();
        let first = match word.as_str() {
            "len" | "length" | "size" | "cardinality" | "array_length" => None,
            "first" | "head" => Some(""),
            "last" => Some(" desc"),
            _ => return false,
        };
        let [argument] = call.arguments.as_slice() else {
            return false;
        };
        if !self.is_refused(argument) {
            return false;
        }
        let diagnostic = Diagnostic::new(
            &codes::TO_MANY_VALUE,
            span,
            format!(
                "`{}` is of one value, and this is a relation to many",
                call.name.text
            ),
        );
        let diagnostic = match first {
            None => diagnostic.fix(
                Applicability::Likely,
                "`count` counts rows",
                call.name.span,
                "count",
            ),
            Some(direction) => {
                let rows = match &argument.kind {
                    ast::ExprKind::Field { base, .. } if self.is_many(base) => base.span,
                    _ => argument.span,
                };
                diagnostic.fix_all(
                    Applicability::Likely,
                    "take one row, by the order that is meant",
                    vec![
                        Edit {
                            span: Span {
                                end: argument.span.start,
                                ..span
                            },
                            text: "(".to_owned(),
                        },
                        Edit {
                            span: rows.after(),
                            text: format!(" order by pk{direction} limit 1)"),
                        },
                        Edit {
                            span: Span {
                                start: argument.span.end,
                                ..span
                            },
                            text: String::new(),
                        },
                    ],
                )
            }
        };
        self.report(diagnostic);
        true
    }

    /// `a.entries[0]`; true after a diagnostic.
    pub(crate) fn item_of_many(
        &mut self,
        base: &'a ast::Expr,
        index: &'a ast::Expr,
        span: Span,
    ) -> bool {
        let ast::ExprKind::Literal(ast::Literal::Int(place)) = &index.kind else {
            return false;
        };
        if !self.is_refused(base) {
            return false;
        }
        let offset = match &**place {
            "0" => String::new(),
            place => format!(" offset {place}"),
        };
        self.report(
            Diagnostic::new(
                &codes::TO_MANY_VALUE,
                span,
                "rows of a relation have no places until they are put in order",
            )
            .fix_all(
                Applicability::Likely,
                "take one row, by the order that is meant",
                vec![
                    Edit {
                        span: span.before(),
                        text: "(".to_owned(),
                    },
                    Edit {
                        span: Span {
                            start: base.span.end,
                            ..span
                        },
                        text: format!(" order by pk limit 1{offset})"),
                    },
                ],
            ),
        );
        true
    }

    /// Whether a path leads to many rows and so is no value; nothing is said of it.
    fn is_refused(&mut self, path: &'a ast::Expr) -> bool {
        if !is_path(path) || !self.is_many(path) {
            return false;
        }
        let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
        let broken = self.broken;
        let _ = self.expr(path);
        let refused = self
            .problems
            .diagnostics
            .iter()
            .skip(problems)
            .any(|diagnostic| diagnostic.code == &codes::TO_MANY_VALUE);
        self.problems.diagnostics.truncate(problems);
        self.facts.truncate(facts);
        self.broken = broken;
        refused
    }

    /// Whether an aggregate's argument is a path to one: a value of the row, not of many.
    pub(crate) fn is_of_one_row(&mut self, call: &'a ast::Call) -> bool {
        let gathers = matches!(
            &*call.name.text.to_lowercase(),
            "sum" | "avg" | "min" | "max" | "any_value"
        );
        let [argument] = call.arguments.as_slice() else {
            return false;
        };
        let plain = call.distinct.is_none()
            && call.condition.is_none()
            && call.order_by.is_empty()
            && call.over.is_none()
            && call.base.is_none();
        if !gathers || !plain || !is_path(argument) {
            return false;
        }
        let (problems, facts) = (self.problems.diagnostics.len(), self.facts.len());
        let broken = self.broken;
        let meaning = self.resolve(argument);
        self.problems.diagnostics.truncate(problems);
        self.facts.truncate(facts);
        self.broken = broken;
        matches!(
            meaning,
            Meaning::Value(Expr { kind: ExprKind::Column(source, _), .. }) if self.root(source) != source
        )
    }

    /// Where a `select` has aggregates, all of them of paths to one, beside other values: the edits that leave them out.
    pub(crate) fn without_aggregates(&mut self) -> Option<Vec<Edit>> {
        let clause = self.scope().at_clause?;
        let ast::ClauseKind::Select(items) = &clause.kind else {
            return None;
        };
        let mut edits = Vec::new();
        for item in items {
            let ast::SelectItemKind::Expr { value, .. } = &item.kind else {
                continue;
            };
            let ast::ExprKind::Call(call) = &value.kind else {
                continue;
            };
            let aggregates = matches!(
                crate::functions::by_name(&call.name.text),
                Some(crate::functions::Callable::Aggregate(_))
            );
            if self.is_of_one_row(call) {
                edits.extend(without_call(call, value.span));
            } else if aggregates {
                return None;
            }
        }
        (!edits.is_empty()).then_some(edits)
    }

    /// `count(a = b)`, which counts the rows where this is false too.
    pub(crate) fn lint_counted(&mut self, call: &ast::Call, arguments: &[Expr]) {
        let [argument] = arguments else {
            return;
        };
        let counts = call.name.text.eq_ignore_ascii_case("count");
        let is_condition = *argument.ty.kind.base() == Type::Bool
            && !matches!(
                argument.kind,
                ExprKind::Column(..)
                    | ExprKind::Output(..)
                    | ExprKind::Named(_)
                    | ExprKind::Param(_)
                    | ExprKind::Literal(_)
            )
            && !matches!(argument.kind, ExprKind::Case { .. } | ExprKind::Call(..));
        if !counts || !is_condition || call.distinct.is_some() || call.condition.is_some() {
            return;
        }
        self.lint(
            Diagnostic::new(
                &codes::COUNTED_CONDITION,
                argument.span,
                "this counts the rows where the condition is true or false",
            )
            .fix(
                Applicability::Likely,
                "count those for which it is true",
                argument.span.before(),
                "where ",
            ),
        );
    }

    /// A name that stands beside the place where it is given: names of one `let` or `select` do not see each other.
    pub(crate) fn meant_beside(&mut self, name: &ast::Name) -> Option<Diagnostic> {
        let clause = self.scope().at_clause?;
        let (word, before, given) = match &clause.kind {
            ast::ClauseKind::Let(bindings) => {
                let at = bindings
                    .iter()
                    .position(|binding| holds(binding.value.span, name.span))?;
                let (above, _) = bindings.split_at_checked(at)?;
                let given = above
                    .iter()
                    .find(|binding| binding.name.text == name.text)?;
                let cut = Span {
                    start: above.last()?.value.span.end,
                    end: bindings.get(at)?.name.span.start,
                    ..name.span
                };
                ("let", Some((cut, " let ".to_owned())), given.name.span)
            }
            ast::ClauseKind::Select(items) => {
                let at = items.iter().position(|item| holds(item.span, name.span))?;
                let (above, _) = items.split_at_checked(at)?;
                let names: Vec<Option<Box<str>>> = above.iter().map(output_name).collect();
                let place = names
                    .iter()
                    .position(|known| known.as_deref() == Some(&*name.text))?;
                let all: Option<Vec<Box<str>>> = names.into_iter().collect();
                let cut = Span {
                    start: above.last()?.span.end,
                    end: items.get(at)?.span.start,
                    ..name.span
                };
                let again = all.map(|names| (cut, format!(" select {}, ", names.join(", "))));
                ("select", again, above.get(place)?.span)
            }
            _ => return None,
        };
        let diagnostic = Diagnostic::new(
            &codes::UNKNOWN_NAME,
            name.span,
            format!("names of one `{word}` do not see each other"),
        )
        .because(
            given,
            format!("`{}` is there below this `{word}`", name.text),
        );
        Some(match before {
            Some((span, text)) => diagnostic.fix(
                Applicability::Exact,
                format!("write another `{word}`"),
                span,
                text,
            ),
            None => diagnostic.help(format!("name `{}` in a `let` above", name.text)),
        })
    }
}

/// Edits that leave the argument of a call.
pub(crate) fn without_call(call: &ast::Call, span: Span) -> Vec<Edit> {
    let Some(argument) = call.arguments.first() else {
        return Vec::new();
    };
    vec![
        Edit {
            span: Span {
                end: argument.span.start,
                ..span
            },
            text: String::new(),
        },
        Edit {
            span: Span {
                start: argument.span.end,
                ..span
            },
            text: String::new(),
        },
    ]
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn output_name(item: &ast::SelectItem) -> Option<Box<str>> {
    match &item.kind {
        ast::SelectItemKind::Expr { value, alias } => match alias {
            Some(alias) => Some(alias.text.clone()),
            None => crate::selection::default_name(value),
        },
        _ => None,
    }
}
