//! Sources as other languages have them: lists of them, shapes behind them, `using`.

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use crate::ast::{
    Clause, ClauseKind, Expr, ExprKind, JoinKind, Name, Pipeline, Shape, Source, SourceKind,
};
use crate::parser::input::{Input, Read};
use crate::parser::pipelines;
use crate::parser::recovery::{self, skip_group};
use crate::token::TokenKind as K;

/// More sources in one list than anyone writes.
const MOST_SOURCES: usize = 32;

/// What stands behind a pipeline's first source: a shape (EdgeQL, GraphQL), or more sources after
/// commas (SQL).
pub(crate) fn behind_source(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    if let Some(source) = pipeline.source.take() {
        pipeline.source = Some(without_shape(inp, source, &mut pipeline.clauses));
    }
    comma_sources(inp, &mut pipeline.clauses);
}

/// `from Entry { title }`: the shape is a `select`.
fn without_shape(inp: &mut Input<'_, '_>, source: Source, clauses: &mut Vec<Clause>) -> Source {
    let SourceKind::Expr(expr) = source.kind else {
        return source;
    };
    let (base, shape) = match expr.kind {
        ExprKind::Nest { base, shape } => (base, shape),
        kind => {
            return Source {
                kind: SourceKind::Expr(Box::new(Expr {
                    kind,
                    span: expr.span,
                })),
                ..source
            };
        }
    };
    report_shape(inp, &shape);
    clauses.push(select(shape));
    Source {
        span: base.span,
        kind: SourceKind::Expr(base),
        alias: source.alias,
    }
}

fn select(shape: Shape) -> Clause {
    Clause {
        span: shape.span,
        keyword: shape.span.before(),
        kind: ClauseKind::Select(shape.items),
        guard: None,
    }
}

fn report_shape(inp: &mut Input<'_, '_>, shape: &Shape) {
    let (start, end) = (shape.span.start, shape.span.end);
    let open = Span {
        end: start + 1,
        ..shape.span
    };
    // Inside braces a comma may trail, behind `select` none may.
    let last = shape
        .items
        .last()
        .map_or(open.end, |item| item.span.end.min(end.saturating_sub(1)));
    let edits = vec![
        Edit {
            span: open,
            text: "select".into(),
        },
        Edit {
            span: Span {
                start: last,
                ..shape.span
            },
            text: String::new(),
        },
    ];
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            open,
            "what is read of each row is a clause: `from M select …`",
        )
        .label("braces nest a relation inside a row")
        .fix_all(Applicability::Exact, "write `from M select …`", edits),
    );
}

/// `, Author as a` behind a source: SQL's old way to write a join. The whole list is one mistake.
fn comma_sources(inp: &mut Input<'_, '_>, clauses: &mut Vec<Clause>) {
    let mut edits = Vec::new();
    let mut first = None;
    while inp.at(K::Comma)
        && matches!(inp.kind_at(1), K::Name | K::QuotedName | K::OpenParen)
        && edits.len() < MOST_SOURCES
    {
        let comma = inp.here();
        inp.bump();
        let source = pipelines::source(inp);
        let span = inp.since(comma);
        first.get_or_insert(comma);
        edits.push(Edit {
            span: comma,
            text: " cross join".into(),
        });
        clauses.push(Clause {
            kind: ClauseKind::Join {
                kind: JoinKind::Cross,
                source,
                on: None,
            },
            guard: None,
            span,
            keyword: comma,
        });
    }
    let Some(comma) = first else { return };
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            comma,
            "sources are joined, not listed",
        )
        .label("a list of sources, as in old SQL")
        .help("along a foreign key no condition is needed: `join e.author as a`; others are `join M as m on …`")
        .fix_all(
            Applicability::Likely,
            "write `cross join`, which pairs every row with every other as the comma does",
            edits,
        ),
    );
}

/// `from e in Entry`: the alias came first.
pub(crate) fn element_of(inp: &mut Input<'_, '_>) -> Option<Source> {
    if inp.kind() != K::Name
        || inp.kind_at(1) != K::In
        || !matches!(inp.kind_at(2), K::Name | K::QuotedName)
    {
        return None;
    }
    let start = inp.here();
    let token = inp.bump();
    let alias: Name = inp.name_of(token);
    inp.bump();
    let mut source = pipelines::source(inp);
    let span = inp.since(start);
    let text = format!("{} as {}", inp.knows().slice(source.span), alias.text);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            span,
            "the model comes first, then `as` and its name",
        )
        .label("another language's way")
        .fix(Applicability::Exact, format!("write `{text}`"), span, text),
    );
    source.alias.get_or_insert(alias);
    Some(source)
}

/// `using (author_id)` behind a join; its condition is then of unknown fields.
pub(crate) fn using(inp: &mut Input<'_, '_>) -> Option<Expr> {
    if !inp.is_word_at(0, "using") || inp.kind_at(1) != K::OpenParen {
        return None;
    }
    let start = inp.here();
    inp.bump();
    skip_group(inp);
    let span = inp.since(start);
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            span,
            "the condition of a join is written `on`",
        )
        .label("SQL's `using`")
        .help("write `on x.field = y.field`; along a foreign key no condition is needed: `join e.author as a`"),
    );
    Some(Expr {
        kind: ExprKind::Error,
        span,
    })
}

/// `with x (from …)`: the `as` is missing.
pub(crate) fn with_without_as(inp: &mut Input<'_, '_>) {
    let span = inp.here();
    inp.knows().report(
        Diagnostic::new(
            &codes::SYNTAX_ERROR,
            span,
            "expected `as` before the pipeline",
        )
        .label("`as` should stand before this")
        .fix(Applicability::Exact, "write `as`", span.before(), "as "),
    );
}

/// `(values (1, 'a'), (2, 'b')) as v(id, name)`: literal rows.
pub(crate) fn value_rows(inp: &mut Input<'_, '_>) -> Option<Source> {
    if !inp.at(K::OpenParen) || !inp.is_word_at(1, "values") || inp.kind_at(2) != K::OpenParen {
        return None;
    }
    let start = inp.here();
    let open = inp.bump();
    inp.bump();
    let mut rows: Vec<Vec<Expr>> = Vec::new();
    while inp.at(K::OpenParen) {
        let row = inp.bump();
        let mut values = Vec::new();
        let mut more = !recovery::closes(inp, row);
        while more {
            values.push(crate::parser::expressions::expr(inp));
            more = recovery::another(inp, row, "`,` or `)`");
        }
        recovery::close(inp, row, "`,` or `)`");
        rows.push(values);
        if inp.eat(K::Comma).is_none() {
            break;
        }
    }
    recovery::close(inp, open, "`,` or `)`");
    inp.eat(K::As);
    let alias = inp.kind().is_name().then(|| {
        let token = inp.bump();
        inp.name_of(token)
    });
    let mut names: Vec<Box<str>> = Vec::new();
    if alias.is_some() && inp.at(K::OpenParen) {
        let open = inp.bump();
        while inp.kind().is_name() {
            let token = inp.bump();
            names.push(inp.name_of(token).text);
            if inp.eat(K::Comma).is_none() {
                break;
            }
        }
        recovery::close(inp, open, "`,` or `)`");
    }
    let span = inp.since(start);
    let named = |place: usize| {
        names
            .get(place)
            .cloned()
            .unwrap_or_else(|| format!("column{}", place + 1).into())
    };
    let mut texts = Vec::new();
    let mut records = Vec::new();
    for row in rows {
        let mut fields = Vec::new();
        let mut parts = Vec::new();
        for (place, value) in row.into_iter().enumerate() {
            parts.push(format!(
                "{}: {}",
                named(place),
                inp.knows().slice(value.span)
            ));
            let name = Name {
                text: named(place),
                span: value.span,
            };
            fields.push((name, value));
        }
        texts.push(format!("{{{}}}", parts.join(", ")));
        records.push(Expr {
            kind: ExprKind::Record(fields),
            span,
        });
    }
    let behind = alias
        .as_ref()
        .map_or_else(String::new, |alias| format!(" as {}", alias.text));
    inp.knows().report(
        Diagnostic::new(
            &codes::FOREIGN_CLAUSE,
            span,
            "literal rows are a list, each value with its name",
        )
        .label("SQL's way")
        .fix(
            Applicability::Exact,
            "write a list of rows",
            span,
            format!("[{}]{behind}", texts.join(", ")),
        ),
    );
    Some(Source {
        kind: SourceKind::Expr(Box::new(Expr {
            kind: ExprKind::List(records),
            span,
        })),
        alias,
        span,
    })
}
