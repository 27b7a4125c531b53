//! What a name that leads nowhere was probably meant to be: a word of another language, a choice without its
//! quotes, a table, an accessor that Django would give by default. It only offers.

use crate::{
    Type,
    functions::{self, Callable},
    hir::Expr,
    resolve::is_path,
    typing::Operator,
    walker::Walker,
};
use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};
use djq_schema::ModelId;
use djq_syntax::ast;

/// More names than anyone reads in a note.
const MOST_NAMES: usize = 24;

impl<'a> Walker<'a> {
    /// A diagnostic of its own for a name that nothing here has, where it is known from elsewhere; `base` where a
    /// dot follows.
    pub(crate) fn meant(&mut self, name: &ast::Name, base: bool) -> Option<Diagnostic> {
        if base {
            let is_new = name.text.eq_ignore_ascii_case("excluded")
                && self.scope().find_source("new").is_some();
            return is_new.then(|| {
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    "the row that was to be inserted is called `new`",
                )
                .label("SQL's name")
                .fix(Applicability::Exact, "write `new`", name.span, "new")
            });
        }
        let lower = name.text.to_lowercase();
        let clock = match lower.as_str() {
            "current_timestamp" | "localtimestamp" | "sysdate" | "now" => Some("now()"),
            "current_date" | "curdate" | "today" => Some("today()"),
            "current_time" | "localtime" => Some("time(now())"),
            _ => None,
        };
        if let Some(clock) = clock {
            return Some(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("the time is a function: `{clock}`"),
                )
                .label("not a field")
                .fix(
                    Applicability::Exact,
                    format!("write `{clock}`"),
                    name.span,
                    clock,
                ),
            );
        }
        if self.reads_nothing() {
            return None;
        }
        if let Some(beside) = self.meant_beside(name) {
            return Some(beside);
        }
        let sources: Vec<ModelId> = self
            .scope()
            .sources
            .iter()
            .map(|source| source.id)
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|source| self.info(source).model)
            .collect();
        for model in &sources {
            let model = self.schema.model(self.schema.concrete(*model));
            let field = model.fields.iter().find(|field| {
                let mut values = field
                    .choices
                    .iter()
                    .filter_map(|choice| choice.value.as_str());
                values.any(|value| *value == *name.text)
            });
            if let Some(field) = field {
                return Some(
                    Diagnostic::new(
                        &codes::UNKNOWN_FIELD,
                        name.span,
                        format!("`{}` has no field or relation `{}`", model.label, name.text),
                    )
                    .label(format!("a choice of `{}` is a text, in quotes", field.name))
                    .fix(
                        Applicability::Likely,
                        format!("write '{}'", name.text),
                        name.span,
                        format!("'{}'", name.text),
                    ),
                );
            }
        }
        let table = self
            .schema
            .models
            .iter()
            .find(|model| *model.table == *name.text)?;
        let right = table.name.to_string();
        Some(
            Diagnostic::new(
                &codes::UNKNOWN_MODEL,
                name.span,
                format!(
                    "tables go by their models, and `{}` is that of `{right}`",
                    name.text
                ),
            )
            .label("a table, not a model")
            .fix(
                Applicability::Exact,
                format!("write `{right}`"),
                name.span,
                right.clone(),
            ),
        )
    }

    /// Whether a clause is at hand that has no rows, since nothing was read.
    pub(crate) fn reads_nothing(&mut self) -> bool {
        let scope = self.scope();
        scope.from.is_none()
            && scope.sources.is_empty()
            && scope
                .at_clause
                .is_some_and(|clause| !matches!(clause.kind, ast::ClauseKind::Join { .. }))
            && self.scopes.len() == 1
    }

    /// `Status.PUBLISHED`, `Entry.Status.PUBLISHED`: a choice by the name that the program gives it.
    pub(crate) fn meant_choice(&self, expr: &ast::Expr) -> Option<Diagnostic> {
        let ast::ExprKind::Field { base, name } = &expr.kind else {
            return None;
        };
        let class = match &base.kind {
            ast::ExprKind::Name(class) => class,
            ast::ExprKind::Field { name, base } if is_path(base) => name,
            _ => return None,
        };
        if !class.text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let wanted = name.text.to_lowercase();
        let same = |text: &str| text.to_lowercase().replace([' ', '-'], "_") == wanted;
        let mut choices = self
            .schema
            .models
            .iter()
            .flat_map(|model| model.fields.iter())
            .flat_map(|field| {
                let choices = field.choices.iter();
                choices
                    .filter_map(move |choice| Some((field, choice.value.as_str()?, &*choice.label)))
            });
        let (field, value, _) = choices
            .clone()
            .find(|(field, value, _)| field.name.eq_ignore_ascii_case(&class.text) && same(value))
            .or_else(|| choices.find(|(_, value, label)| same(value) || same(label)))?;
        let text = format!("'{}'", value.replace('\'', "''"));
        Some(
            Diagnostic::new(
                &codes::UNKNOWN_FIELD,
                expr.span,
                format!("a choice is written as the text that is stored: {text}"),
            )
            .label(format!("Python's name of a choice of `{}`", field.name))
            .fix(
                Applicability::Likely,
                format!("write {text}"),
                expr.span,
                text,
            ),
        )
    }

    /// What a model has, for a note.
    pub(crate) fn names_of(&self, model: ModelId) -> Option<String> {
        let label = &self.schema.model(model).label;
        let model = self.schema.model(self.schema.concrete(model));
        let mut names: Vec<String> = model
            .fields
            .iter()
            .map(|field| format!("`{}`", field.name))
            .collect();
        if names.len() > MOST_NAMES {
            return None;
        }
        let relations: Vec<String> = model
            .relations
            .iter()
            .filter(|relation| relation.to_many)
            .map(|relation| format!("`{}`", relation.name))
            .collect();
        let many = relations.len() + names.len() <= MOST_NAMES && !relations.is_empty();
        if many {
            names.push(format!("and the relations {}", relations.join(", ")));
        }
        let joined = names.join(", ");
        Some(format!("`{label}` has {joined}"))
    }

    /// Offers what a model has in the place of a name that it has not: for `entry_set` and `entry`, the relations
    /// to `Entry`.
    pub(crate) fn offer_members(
        &self,
        mut diagnostic: Diagnostic,
        model: ModelId,
        name: &ast::Name,
    ) -> Diagnostic {
        let of = self.schema.model(self.schema.concrete(model));
        let lower = name.text.to_lowercase();
        let wanted = lower.strip_suffix("_set").unwrap_or(&lower);
        let relations: Vec<&str> = of
            .relations
            .iter()
            .filter(|relation| relation.to_many)
            .filter(|relation| {
                let target = relation.target.map(|target| self.schema.model(target));
                target.is_some_and(|target| target.name.to_lowercase() == *wanted)
            })
            .map(|relation| &*relation.name)
            .collect();
        if let [first, rest @ ..] = relations.as_slice() {
            diagnostic = diagnostic.label(if rest.is_empty() {
                format!("called `{first}` here")
            } else {
                "several relations lead there".to_owned()
            });
            for relation in relations {
                diagnostic = diagnostic.fix(
                    Applicability::Likely,
                    format!("write `{relation}`"),
                    name.span,
                    relation.to_owned(),
                );
            }
            return diagnostic;
        }
        match self.names_of(model) {
            Some(names) => diagnostic.note(names),
            None => diagnostic,
        }
    }

    /// Of a relation to many that stands where a condition is asked for: a number of rows is none.
    pub(crate) fn offer_truth(&mut self, before: usize, condition: &ast::Expr) {
        let refused = self.problems.diagnostics.iter_mut().skip(before);
        for diagnostic in refused {
            if diagnostic.code == &codes::TO_MANY_VALUE && diagnostic.primary.span == condition.span
            {
                diagnostic
                    .fixes
                    .retain(|fix| fix.message != crate::relations::COUNT);
            }
        }
    }

    /// `entries.rating > 3`: whether some of the many rows fits, as Django's `filter` asks it.
    pub(crate) fn offer_exists(
        &mut self,
        before: usize,
        operator: ast::BinaryOperator,
        (left, right): (&ast::Expr, &ast::Expr),
        span: Span,
    ) {
        use ast::BinaryOperator as Op;
        if matches!(right.kind, ast::ExprKind::Literal(ast::Literal::Null))
            && matches!(operator, Op::Equal | Op::NotEqual)
        {
            self.offer_none(before, left, operator == Op::NotEqual, span);
            return;
        }
        let joins = matches!(
            operator,
            Op::And | Op::Or | Op::Xor | Op::Coalesce | Op::Concat
        ) || matches!(operator, Op::Add | Op::Subtract | Op::Multiply | Op::Divide);
        if joins {
            return;
        }
        let refused = self
            .problems
            .diagnostics
            .iter_mut()
            .skip(before)
            .find(|diagnostic| {
                diagnostic.code == &codes::TO_MANY_VALUE && diagnostic.primary.span == left.span
            });
        let Some(refused) = refused else { return };
        let is_field = refused
            .fixes
            .iter()
            .any(|fix| fix.message == crate::relations::GREATEST);
        if !is_field {
            // Neither is compared with what is no number.
            let number = matches!(
                &right.kind,
                ast::ExprKind::Literal(ast::Literal::Int(_)) | ast::ExprKind::Parameter(_)
            );
            refused
                .fixes
                .retain(|fix| number && fix.message == crate::relations::COUNT);
            return;
        }
        let ast::ExprKind::Field { base, name } = &left.kind else {
            return;
        };
        if !is_path(base) {
            return;
        }
        let dot = Span {
            start: base.span.end,
            end: name.span.start,
            ..span
        };
        let edits = vec![
            Edit {
                span: span.before(),
                text: "exists (".to_owned(),
            },
            Edit {
                span: dot,
                text: " where ".to_owned(),
            },
            Edit {
                span: span.after(),
                text: ")".to_owned(),
            },
        ];
        refused.fixes.insert(
            0,
            djq_diagnostics::Fix {
                message: "ask whether there is one, as Django's `filter` does".to_owned(),
                edits,
                applicability: Applicability::Likely,
            },
        );
    }

    /// `title = x`, where nothing is called `x`: the text, in quotes.
    pub(crate) fn offer_text(
        &mut self,
        before: usize,
        operator: ast::BinaryOperator,
        left: &ast::Expr,
        right: &ast::Expr,
    ) {
        use ast::BinaryOperator as Op;
        let ast::ExprKind::Name(name) = &right.kind else {
            return;
        };
        let compares = matches!(
            operator,
            Op::Equal | Op::NotEqual | Op::Like | Op::ILike | Op::Contains | Op::IContains
        ) || matches!(
            operator,
            Op::StartsWith | Op::IStartsWith | Op::EndsWith | Op::IEndsWith | Op::IExact
        );
        let of_text = compares && matches!(self.facts.last_value(left.span), Some(Type::Text));
        if !of_text {
            return;
        }
        let missed = self
            .problems
            .diagnostics
            .iter_mut()
            .skip(before)
            .find(|diagnostic| {
                diagnostic.primary.span == right.span
                    && diagnostic.fixes.is_empty()
                    && (diagnostic.code == &codes::UNKNOWN_FIELD
                        || diagnostic.code == &codes::UNKNOWN_NAME)
            });
        if let Some(missed) = missed {
            missed.fixes.push(djq_diagnostics::Fix {
                message: format!("write '{}', if a text is meant", name.text),
                edits: vec![Edit {
                    span: right.span,
                    text: format!("'{}'", name.text),
                }],
                applicability: Applicability::Likely,
            });
        }
    }

    /// `orders is null`, as a join or Django's `isnull` asks it: whether there are none.
    pub(crate) fn offer_none(
        &mut self,
        before: usize,
        path: &ast::Expr,
        negated: bool,
        span: Span,
    ) {
        let refused = self
            .problems
            .diagnostics
            .iter_mut()
            .skip(before)
            .find(|diagnostic| {
                diagnostic.code == &codes::TO_MANY_VALUE && diagnostic.primary.span == path.span
            });
        let Some(refused) = refused else { return };
        let is_field = refused
            .fixes
            .iter()
            .any(|fix| fix.message == crate::relations::GREATEST);
        let rows = match &path.kind {
            ast::ExprKind::Field { base, .. } if is_field => base.span,
            _ => path.span,
        };
        let word = if negated { "exists" } else { "not exists" };
        refused
            .fixes
            .retain(|fix| fix.message == crate::relations::GREATEST);
        refused.fixes.insert(
            0,
            djq_diagnostics::Fix {
                message: format!("write `{word} …`"),
                edits: vec![
                    Edit {
                        span: path.span.before(),
                        text: format!("{word} "),
                    },
                    Edit {
                        span: Span {
                            start: rows.end,
                            ..span
                        },
                        text: String::new(),
                    },
                ],
                applicability: Applicability::Likely,
            },
        );
    }

    /// The name by which the rows of a model go here, if they are read under one.
    pub(crate) fn alias_of(&mut self, model: ModelId) -> Option<String> {
        let sources: Vec<_> = self
            .scope()
            .sources
            .iter()
            .map(|source| (source.name.to_string(), source.id))
            .collect();
        sources
            .into_iter()
            .find(|(_, id)| self.info(*id).model == Some(model))
            .map(|(name, _)| name)
    }
}

/// Whether a name is written as Python writes constants.
pub(crate) fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// The lookups that Python writes as methods of texts.
pub(crate) fn is_lookup(name: &str) -> bool {
    matches!(
        name,
        "contains"
            | "icontains"
            | "startswith"
            | "istartswith"
            | "endswith"
            | "iendswith"
            | "iexact"
            | "regex"
            | "iregex"
    )
}

/// A method of Django's query sets behind a relation: what it is here.
pub(crate) fn query_set_method(
    base: Span,
    call: &ast::Call,
    span: Span,
) -> Option<(&'static str, Vec<Edit>)> {
    let edit = |span: Span, text: &str| Edit {
        span,
        text: text.to_owned(),
    };
    let behind = Span {
        start: base.end,
        ..span
    };
    match (&*call.name.text, call.arguments.as_slice()) {
        ("filter", [condition]) => Some((
            "write `(… where …)`",
            vec![
                edit(base.before(), "("),
                edit(
                    Span {
                        end: condition.span.start,
                        ..behind
                    },
                    " where ",
                ),
            ],
        )),
        ("exclude", [condition]) => Some((
            "write `(… where not (…))`",
            vec![
                edit(base.before(), "("),
                edit(
                    Span {
                        end: condition.span.start,
                        ..behind
                    },
                    " where not (",
                ),
                edit(span.after(), ")"),
            ],
        )),
        ("first", []) => Some((
            "take one row, by the order that is meant",
            vec![
                edit(base.before(), "("),
                edit(behind, " order by pk limit 1)"),
            ],
        )),
        ("last", []) => Some((
            "take one row, by the order that is meant",
            vec![
                edit(base.before(), "("),
                edit(behind, " order by pk desc limit 1)"),
            ],
        )),
        ("all", []) => Some((
            "remove it: a relation is all of its rows",
            vec![edit(behind, "")],
        )),
        ("exists", []) => Some((
            "write `exists …`",
            vec![edit(base.before(), "exists "), edit(behind, "")],
        )),
        _ => None,
    }
}

/// `data.colour`, as JSON's own languages write it.
pub(crate) fn offer_key(diagnostic: Diagnostic, of: &Expr, name: &ast::Name) -> Diagnostic {
    if *of.ty.kind.base() != Type::Json || of.span.start >= name.span.start {
        return diagnostic;
    }
    let key = format!("['{}']", name.text.replace('\'', "''"));
    diagnostic.fix(
        Applicability::Likely,
        format!("write `{key}`"),
        Span {
            start: of.span.end,
            ..name.span
        },
        key,
    )
}

/// `pub_date.year`: what stands behind the dot is a function of the value.
pub(crate) fn offer_function(diagnostic: Diagnostic, of: Span, name: &ast::Name) -> Diagnostic {
    let known = functions::by_name(&name.text.to_lowercase());
    if !matches!(known, Some(Callable::Function(..))) || of.start >= name.span.start {
        return diagnostic;
    }
    let behind = Span {
        start: of.end,
        ..name.span
    };
    diagnostic.fix_all(
        Applicability::Likely,
        format!("write `{}(…)`", name.text),
        vec![
            Edit {
                span: of.before(),
                text: format!("{}(", name.text),
            },
            Edit {
                span: behind,
                text: ")".to_owned(),
            },
        ],
    )
}

/// `'x' in title`, as Python asks: the lookup has its sides the other way round.
pub(crate) fn offer_contains(
    diagnostic: Diagnostic,
    part: &Expr,
    operator: Operator,
    whole: &Expr,
) -> Diagnostic {
    if *whole.ty.kind.base() == Type::Json && *part.ty.kind.base() == Type::Text {
        let not = if operator.negated { "not " } else { "" };
        let crate::hir::ExprKind::Literal(crate::hir::Literal::Text(text)) = &part.kind else {
            return diagnostic.help("`has_key(x, key)` asks whether JSON has a key");
        };
        return diagnostic.fix_all(
            Applicability::Likely,
            "ask whether it has the key",
            vec![
                Edit {
                    span: part.span.to(Span {
                        end: whole.span.start,
                        ..part.span
                    }),
                    text: format!("{not}has_key("),
                },
                Edit {
                    span: whole.span.after(),
                    text: format!(", '{}')", text.replace('\'', "''")),
                },
            ],
        );
    }
    let texts = [part, whole]
        .iter()
        .all(|side| *side.ty.kind.base() == Type::Text);
    let crate::hir::ExprKind::Literal(crate::hir::Literal::Text(text)) = &part.kind else {
        return diagnostic;
    };
    if !texts {
        return diagnostic;
    }
    let not = if operator.negated { "not " } else { "" };
    diagnostic.fix_all(
        Applicability::Likely,
        "ask whether the text contains it",
        vec![
            Edit {
                span: part.span.to(Span {
                    end: whole.span.start,
                    ..part.span
                }),
                text: String::new(),
            },
            Edit {
                span: whole.span.after(),
                text: format!(" {not}contains '{}'", text.replace('\'', "''")),
            },
        ],
    )
}

/// Edits that put something around a place.
pub(crate) fn around(span: Span, open: &str, close: &str) -> Vec<Edit> {
    vec![
        Edit {
            span: span.before(),
            text: open.to_owned(),
        },
        Edit {
            span: span.after(),
            text: close.to_owned(),
        },
    ]
}
