//! Lints: what is right as djq and probably not meant. Each has a level.

use crate::{
    hir::{ClauseKind, Expr, ExprKind, JoinKind, Literal, SourceId, SourceKind},
    scope::FrameKind,
    typing::Operator,
    visit::each_source,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Severity, Span, codes};
use djq_syntax::ast;

/// How a lint is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// In silence.
    Allow,
    /// As a warning.
    Warn,
    /// As an error.
    Deny,
}

impl Level {
    /// The level of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Level> {
        match word {
            "allow" => Some(Level::Allow),
            "warn" => Some(Level::Warn),
            "deny" => Some(Level::Deny),
            _ => None,
        }
    }
}

/// The level of a lint: its own, unless something says otherwise. Gives nothing where it is silent.
pub(crate) fn at_level(
    mut diagnostic: Diagnostic,
    levels: &[(Box<str>, Level)],
) -> Option<Diagnostic> {
    let level = levels
        .iter()
        .rev()
        .find(|(name, _)| **name == *diagnostic.code.name)
        .map(|(_, level)| *level)
        .unwrap_or(match diagnostic.code.severity {
            Severity::Note => Level::Allow,
            Severity::Warning => Level::Warn,
            Severity::Error => Level::Deny,
        });
    diagnostic.severity = match level {
        Level::Allow => return None,
        Level::Warn => Severity::Warning,
        Level::Deny => Severity::Error,
    };
    Some(diagnostic)
}

impl<'a> Walker<'a> {
    /// A lint's diagnostic, at its level.
    pub(crate) fn lint(&mut self, diagnostic: Diagnostic) {
        if let Some(diagnostic) = at_level(diagnostic, &self.levels) {
            self.report(diagnostic);
        }
    }

    /// A `let` that hides a field.
    pub(crate) fn lint_shadowing(&mut self, name: &'a ast::Name) {
        let Some(scope) = self.scope_ref() else {
            return;
        };
        if !matches!(scope.frame().kind, FrameKind::Rows) {
            return;
        }
        let hidden = scope
            .sources
            .iter()
            .find(|source| self.has_field(source.id, &name.text))
            .cloned();
        if let Some(source) = hidden {
            let by = if source.name.is_empty() {
                "the source".to_owned()
            } else {
                format!("`{}`", source.name)
            };
            let mut diagnostic = Diagnostic::new(
                &codes::SHADOWED_NAME,
                name.span,
                format!("`{}` hides a field of {by}", name.text),
            )
            .because(source.span, "this source has it");
            if !source.name.is_empty() {
                diagnostic = diagnostic.help(format!(
                    "give it another name; the field stays `{}.{}`",
                    source.name, name.text
                ));
            }
            self.lint(diagnostic);
        }
    }

    /// Whether a source's row has a value of this name, and not only rows behind it.
    fn has_field(&self, id: SourceId, name: &str) -> bool {
        let Some(model) = self.info(id).model else {
            return self.has_member(id, name);
        };
        match crate::members::find_member(self.schema, model, name) {
            Some((_, djq_schema::Member::Field(_))) => true,
            Some((_, djq_schema::Member::Relation(relation))) => {
                !self.schema.relation(relation).to_many
            }
            None => false,
        }
    }

    /// `*`: what it gives changes with the model.
    pub(crate) fn lint_star(&mut self, span: Span) {
        self.lint(
            Diagnostic::new(
                &codes::SELECT_STAR,
                span,
                "what `*` gives changes with the model",
            )
            .help("name the fields that are needed"),
        );
    }

    /// `a + b ?? c`: the arithmetic comes first.
    pub(crate) fn lint_coalesce(&mut self, left: &'a ast::Expr, right: &'a ast::Expr) {
        for side in [left, right] {
            if let ast::ExprKind::Binary {
                operator:
                    ast::BinaryOperator::Add
                    | ast::BinaryOperator::Subtract
                    | ast::BinaryOperator::Multiply
                    | ast::BinaryOperator::Divide
                    | ast::BinaryOperator::FloorDivide
                    | ast::BinaryOperator::Modulo
                    | ast::BinaryOperator::Concat,
                operator_span,
                ..
            } = &side.kind
            {
                self.lint(
                    Diagnostic::new(
                        &codes::LOOSE_COALESCE,
                        side.span,
                        "`??` is looser than this operator, so this whole side comes first",
                    )
                    .because(*operator_span, "binds tighter than `??`")
                    .fix_all(
                        Applicability::Exact,
                        "say so with parentheses",
                        vec![
                            Edit {
                                span: side.span.before(),
                                text: "(".into(),
                            },
                            Edit {
                                span: side.span.after(),
                                text: ")".into(),
                            },
                        ],
                    ),
                );
            }
        }
    }

    /// `"title" = $x`: text where a field was meant.
    pub(crate) fn lint_quoted(&mut self, operator: Operator, left: &Expr, right: &Expr) {
        if !matches!(
            operator.kind,
            ast::BinaryOperator::Equal
                | ast::BinaryOperator::NotEqual
                | ast::BinaryOperator::Less
                | ast::BinaryOperator::LessEqual
                | ast::BinaryOperator::Greater
                | ast::BinaryOperator::GreaterEqual
                | ast::BinaryOperator::Like
                | ast::BinaryOperator::ILike
                | ast::BinaryOperator::Contains
                | ast::BinaryOperator::IContains
                | ast::BinaryOperator::StartsWith
                | ast::BinaryOperator::IStartsWith
        ) {
            return;
        }
        let constant = |expr: &Expr| matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Param(_));
        if constant(left) && constant(right) {
            self.lint_quoted_value(left);
        }
    }

    fn lint_quoted_value(&mut self, value: &Expr) {
        let ExprKind::Literal(Literal::Text(text)) = &value.kind else {
            return;
        };
        let Some(scope) = self.scope_ref() else {
            return;
        };
        let is_field = scope
            .sources
            .iter()
            .any(|source| self.has_member(source.id, text));
        if is_field {
            let text = text.to_string();
            self.lint(
                Diagnostic::new(
                    &codes::QUOTED_FIELD,
                    value.span,
                    format!("this is the text '{text}', not the field"),
                )
                .label("quotes make text")
                .fix(
                    Applicability::Likely,
                    format!("write `{text}`"),
                    value.span,
                    text,
                ),
            );
        }
    }

    /// `where exists rel` and a `where` behind it.
    pub(crate) fn lint_adjacent(
        &mut self,
        before: Option<&'a ast::Clause>,
        clause: &'a ast::Clause,
    ) {
        let (
            Some(ast::Clause {
                kind: ast::ClauseKind::Where(first),
                ..
            }),
            ast::ClauseKind::Where(_),
        ) = (before, &clause.kind)
        else {
            return;
        };
        let Some(operand) = last_exists(first) else {
            return;
        };
        if crate::resolve::is_path(operand) {
            self.lint(
                Diagnostic::new(
                    &codes::WHERE_AFTER_EXISTS,
                    clause.keyword,
                    "this `where` filters the outer rows, not those of the relation",
                )
                .because(operand.span, "the relation")
                .fix_all(
                    Applicability::Likely,
                    "put it in the relation's parentheses",
                    vec![
                        Edit {
                            span: operand.span.before(),
                            text: "(".into(),
                        },
                        Edit {
                            span: clause.span.after(),
                            text: ")".into(),
                        },
                    ],
                )
                .help("where the outer rows are meant, write `and`"),
            );
        }
    }

    /// A page of rows in no order; `which` rows it keeps.
    pub(crate) fn lint_limit(&mut self, span: Span, which: &str) {
        self.lint_page(span, which, None);
    }

    /// As `lint_limit`, of `distinct on`, which SQL writes above the `order by` that it means.
    pub(crate) fn lint_page(&mut self, span: Span, which: &str, order_below: Option<Span>) {
        let scope = self.scope();
        let unordered = !scope.ordered && scope.from.is_some() && !scope.grain.unknown;
        if unordered && !crate::cardinality::at_most_one(self) {
            let diagnostic = Diagnostic::new(
                &codes::UNSTABLE_LIMIT,
                span,
                format!("{which} is up to the database: they have no order"),
            );
            let moved = order_below.and_then(|order| {
                let text = self.written(order)?;
                let above = self.moved(order, text, span).into_iter().take(1);
                Some((order, above.collect()))
            });
            self.lint(match moved {
                Some((order, edits)) => diagnostic
                    .because(
                        order,
                        "this sorts what is left; clauses run from top to bottom",
                    )
                    .fix_all(Applicability::Likely, "write it above as well", edits),
                None => diagnostic.help("add `order by` above it"),
            });
        }
    }

    /// `offset`: pages that shift.
    pub(crate) fn lint_offset(&mut self, span: Span) {
        self.lint(
            Diagnostic::new(
                &codes::OFFSET_PAGINATION,
                span,
                "the database reads and drops the rows before the page",
            )
            .help("compare with the last row of the page before: `where id > $last order by id limit 50`"),
        );
    }

    /// A join that makes every pair, or that nothing uses.
    pub(crate) fn lint_join(
        &mut self,
        kind: JoinKind,
        last: SourceId,
        on: Option<&Expr>,
        linked: bool,
        span: Span,
    ) {
        if kind == JoinKind::Cross || linked || self.broken {
            return;
        }
        let Some(on) = on else {
            return;
        };
        if self.is_one_row(last, on) {
            return;
        }
        let scope = self.scope().id;
        let (mut own, mut other) = (false, false);
        each_source(self, on, &mut |id| {
            let root = self.root(id);
            if root == last {
                own = true;
            } else if self.info(root).scope == scope {
                other = true;
            }
        });
        let errors = on.ty.kind == crate::Type::Error;
        if let SourceKind::Derived(body) = &self.source(last).kind {
            // A lateral source compares inside.
            let mut lateral = false;
            crate::visit::pipeline_sources(self, body, &mut |id| {
                lateral |= self.info(self.root(id)).scope == scope;
            });
            if lateral {
                return;
            }
        }
        if let SourceKind::Rows(rows) = &self.source(last).kind {
            let mut lateral = false;
            for value in rows.kind.expressions() {
                each_source(self, value, &mut |id| {
                    lateral |= self.info(self.root(id)).scope == scope;
                });
            }
            if lateral {
                return;
            }
        }
        if !(errors || own && other) && self.scope().sources.len() > 1 {
            let name = self.source(last).name.to_string();
            self.lint(
                Diagnostic::new(
                    &codes::CARTESIAN_JOIN,
                    span,
                    format!("every row is paired with every row of `{name}` that fits"),
                )
                .because(on.span, "this does not compare the two")
                .help("compare the two sides, or write `cross join` and `where` if every pair is meant"),
            );
        }
    }

    /// What a whole pipeline shows.
    pub(crate) fn lint_pipeline(&mut self) {
        let joins: Vec<(SourceId, Span)> = self
            .scope()
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Join {
                    kind: JoinKind::Left,
                    steps,
                    ..
                } => Some((*steps.last()?, clause.span)),
                _ => None,
            })
            .collect();
        if self.broken {
            return;
        }
        for (source, span) in joins {
            let hung = self.sources.iter().any(|other| {
                other
                    .link
                    .as_ref()
                    .is_some_and(|link| link.parent == source)
            });
            let star = self.info(source).used;
            if !star && !hung && !self.scope().grain.unknown {
                let name = self.source(source).name.to_string();
                self.lint(
                    Diagnostic::new(
                        &codes::UNUSED_JOIN,
                        span,
                        format!("nothing uses `{name}`, and a left join keeps every row"),
                    )
                    .help(
                        "take the join out, or write `join` if only rows that have one are meant",
                    ),
                );
            }
        }
    }
}

/// The operand of an `exists` that a condition ends in.
fn last_exists(condition: &ast::Expr) -> Option<&ast::Expr> {
    match &condition.kind {
        ast::ExprKind::Unary {
            operator: ast::UnaryOperator::Exists,
            operand,
            ..
        } => Some(operand),
        ast::ExprKind::Unary {
            operator: ast::UnaryOperator::Not,
            operand,
            ..
        } => last_exists(operand),
        ast::ExprKind::Binary {
            operator: ast::BinaryOperator::And,
            right,
            ..
        } => last_exists(right),
        _ => None,
    }
}
