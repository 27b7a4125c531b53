//! Pipelines: CTEs, a source, then clauses in any order.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use super::expressions::{RED_ZONE, STACK, operand_alone};
use super::input::{Input, Read};
use super::recovery::{another, at_end, clause_at, close, closes, skip_to_clause};
use super::{clauses, foreign, names};
use crate::ast::{Clause, ClauseKind, Cte, ExprKind, Pipeline, Source, SourceKind};
use crate::roles;
use crate::token::TokenKind as K;

/// A whole pipeline, up to the bracket, item or end behind it.
pub(super) fn whole(inp: &mut Input<'_, '_>) -> Pipeline {
    read(inp, Side::Alone)
}

/// The right side of a set operation, without the parentheses that it needs: what stands behind it in SQL, an order,
/// a page, another set operation, is of the whole.
pub(super) fn bare_operand(inp: &mut Input<'_, '_>) -> Pipeline {
    read(inp, Side::Operand)
}

/// A CTE's body without the parentheses that it needs, up to the `from` behind it.
fn bare_cte(inp: &mut Input<'_, '_>) -> Pipeline {
    let body = read(inp, Side::Body);
    foreign::bare_cte(inp, body.span);
    body
}

/// What a pipeline's end is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The bracket, item or end behind it.
    Alone,
    /// What belongs to both sides of a set operation, too.
    Operand,
    /// The `from` of the pipeline that the CTE stands before, too.
    Body,
}

fn read(inp: &mut Input<'_, '_>, side: Side) -> Pipeline {
    let start = inp.here();
    let mut pipeline = Pipeline {
        with: Vec::new(),
        recursive: None,
        source: None,
        clauses: Vec::with_capacity(8),
        span: start,
    };
    if !inp.descend() {
        inp.ascend();
        return pipeline;
    }
    if inp.at(K::With) {
        inp.mark(roles::CLAUSE);
        ctes(inp, &mut pipeline);
    }
    foreign::transaction(inp);
    if inp.eat(K::From).is_some() {
        inp.mark_previous(roles::CLAUSE);
        pipeline.source = Some(source(inp));
        foreign::behind_source(inp, &mut pipeline);
    } else if foreign::statement(inp, &mut pipeline) {
        // The rows and what happens to them have been read.
    } else if !at_end(inp) && !clause_at(inp, 0) && !foreign::clause_at(inp) {
        pipeline.source = forgotten_from(inp);
    }
    let outer = foreign::top_pending(inp);
    stacker::maybe_grow(RED_ZONE, STACK, || {
        pipeline_clauses(inp, &mut pipeline, side)
    });
    foreign::top_report(inp, outer);
    inp.ascend();
    pipeline.span = inp.since(start);
    pipeline
}

/// The clauses of a pipeline whose source has been read.
pub(super) fn behind(inp: &mut Input<'_, '_>, source: Source) -> Pipeline {
    let start = source.span;
    let mut pipeline = Pipeline {
        with: Vec::new(),
        recursive: None,
        source: Some(source),
        clauses: Vec::with_capacity(8),
        span: start,
    };
    pipeline_clauses(inp, &mut pipeline, Side::Alone);
    pipeline.span = inp.since(start);
    pipeline
}

/// The clauses of a scope.
pub(super) fn scope(inp: &mut Input<'_, '_>) -> Vec<Clause> {
    let start = inp.here();
    let mut pipeline = Pipeline {
        with: Vec::new(),
        recursive: None,
        source: None,
        clauses: Vec::with_capacity(8),
        span: start,
    };
    pipeline_clauses(inp, &mut pipeline, Side::Alone);
    pipeline.clauses
}

fn pipeline_clauses(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline, side: Side) {
    while !at_end(inp) {
        let of_both = matches!(
            inp.kind(),
            K::Order | K::Limit | K::Offset | K::Union | K::Intersect | K::Except
        );
        let ends = match side {
            Side::Alone => false,
            Side::Operand => of_both,
            Side::Body => inp.at(K::From) && pipeline.source.is_some(),
        };
        if ends {
            return;
        }
        if inp.at(K::From) {
            second_from(inp, pipeline);
        } else if inp.at(K::Semicolon) {
            foreign::semicolon(inp);
        } else if foreign::pipe(inp) {
            // A clause follows.
        } else if clause_at(inp, 0) {
            clauses::clause(inp, &mut pipeline.clauses);
        } else if !foreign::clause(inp, &mut pipeline.clauses) {
            foreign::not_a_clause(inp, pipeline);
            let before = inp.position();
            skip_to_clause(inp);
            if inp.position() == before && !at_end(inp) && !clause_at(inp, 0) {
                inp.bump();
            }
        }
        // A clause that ends where it should not has said so already.
        if at_end(inp) || clause_at(inp, 0) {
            inp.knows().recovered();
        }
    }
}

/// `with [recursive] a as ( … ), …`.
fn ctes(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    inp.bump();
    if inp.at(K::Recursive) && inp.kind_at(1).is_name() {
        pipeline.recursive = Some(inp.here());
        inp.bump();
    }
    loop {
        let name = names::name(inp, "a name");
        let mut columns = Vec::new();
        if inp.at(K::OpenParen) && matches!(inp.kind_at(1), K::From | K::Select) {
            foreign::with_without_as(inp);
            let open = inp.bump();
            let body = whole(inp);
            close(inp, open, "a clause or `)`");
            pipeline.with.push(Cte {
                name,
                columns,
                body,
            });
            if inp.eat(K::Comma).is_none() {
                return;
            }
            continue;
        }
        if inp.at(K::OpenParen) {
            let open = inp.bump();
            if !closes(inp, open) {
                columns.push(names::name(inp, "a column's name"));
                while another(inp, open, "`,` or `)`") {
                    columns.push(names::name(inp, "a column's name"));
                }
            }
            close(inp, open, "`,` or `)`");
        }
        if inp.eat(K::As).is_none() {
            inp.unexpected("`as ( … )`");
        }
        if inp.at(K::OpenParen) {
            let open = inp.bump();
            let body = whole(inp);
            close(inp, open, "a clause or `)`");
            pipeline.with.push(Cte {
                name,
                columns,
                body,
            });
        } else if matches!(inp.kind(), K::From | K::Select) {
            pipeline.with.push(Cte {
                name,
                columns,
                body: bare_cte(inp),
            });
        } else {
            inp.unexpected("`(` and a pipeline");
            skip_to_clause(inp);
            return;
        }
        if inp.eat(K::Comma).is_none() {
            return;
        }
    }
}

/// What `from` or `join` reads, with its alias.
pub(super) fn source(inp: &mut Input<'_, '_>) -> Source {
    let start = inp.here();
    if names_clause(inp) || at_end(inp) {
        inp.unexpected("a model, a relation or `(`");
        return Source {
            kind: SourceKind::Error,
            alias: None,
            span: inp.previous().after(),
        };
    }
    foreign::lateral(inp);
    if let Some(source) = foreign::element_of(inp) {
        return source;
    }
    if let Some(source) = foreign::value_rows(inp) {
        return source;
    }
    let expr = operand_alone(inp);
    let kind = match expr.kind {
        ExprKind::Pipeline(pipeline) => SourceKind::Pipeline(pipeline),
        ExprKind::Sql(escape) => SourceKind::Sql(*escape),
        ExprKind::Error => SourceKind::Error,
        _ => SourceKind::Expr(Box::new(expr)),
    };
    let alias = match names::alias(inp) {
        Some(alias) => Some(alias),
        None => foreign::bare_alias(inp, false),
    };
    Source {
        kind,
        alias,
        span: inp.since(start),
    }
}

/// Whether a clause begins where a source should.
fn names_clause(inp: &mut Input<'_, '_>) -> bool {
    let calls = matches!(inp.kind(), K::Left | K::Right) && inp.kind_at(1) == K::OpenParen;
    inp.kind().is_reserved() && !calls && !names::reserved_is_name(inp)
}

/// A pipeline that begins with its source.
fn forgotten_from(inp: &mut Input<'_, '_>) -> Option<Source> {
    let token = inp.token();
    let of_parentheses =
        token.kind == K::OpenParen && matches!(inp.kind_at(1), K::From | K::Select | K::With);
    if of_parentheses {
        let span = inp.here();
        inp.knows().report(
            Diagnostic::new(
                &codes::SYNTAX_ERROR,
                span,
                "a pipeline begins with `from`, and rows in parentheses are what it reads",
            )
            .label("`from` should stand before this")
            .fix(Applicability::Exact, "write `from`", span.before(), "from "),
        );
        return Some(source(inp));
    }
    if !token.kind.is_name() && token.kind != K::Parameter {
        return None;
    }
    // A misspelt clause is better answered as one.
    let follows = inp.kind_at(1);
    let path_like = matches!(follows, K::Dot | K::As | K::End)
        || follows.closes()
        || clause_at(inp, 1)
        || foreign::clause_at_next(inp);
    if !path_like {
        return None;
    }
    let span = inp.here();
    // A manager's fix writes `from` itself.
    if !foreign::manager_ahead(inp) {
        inp.knows().report(
            Diagnostic::new(&codes::SYNTAX_ERROR, span, "a pipeline begins with `from`")
                .label("`from` should stand before this")
                .fix(Applicability::Exact, "write `from`", span.before(), "from "),
        );
    }
    Some(source(inp))
}

/// A `from` that is not the first clause: `select` was put before it, as SQL does.
fn second_from(inp: &mut Input<'_, '_>, pipeline: &mut Pipeline) {
    let from = inp.here();
    let first_select = pipeline.source.is_none()
        && matches!(
            pipeline.clauses.first().map(|clause| &clause.kind),
            Some(ClauseKind::Select(_))
        );
    if !first_select {
        let diagnostic = Diagnostic::new(&codes::SYNTAX_ERROR, from, "`from` begins a pipeline, and this one has begun")
            .label("a second `from`")
            .help("another source is joined: `join SOURCE as y on …`; a pipeline inside another stands in parentheses");
        inp.knows().complain(diagnostic);
        inp.bump();
        if !at_end(inp) && !clause_at(inp, 0) {
            source(inp);
        }
        inp.knows().recovered();
        return;
    }
    inp.bump();
    let select: Vec<Clause> = std::mem::take(&mut pipeline.clauses);
    pipeline.source = Some(source(inp));
    foreign::behind_source(inp, pipeline);
    // The clauses that SQL runs before its `select`.
    while !at_end(inp) && foreign::before_select(inp) {
        if !foreign::clause(inp, &mut pipeline.clauses) {
            clauses::clause(inp, &mut pipeline.clauses);
        }
        inp.knows().recovered();
    }
    let behind = inp.previous().after();
    let whole = select
        .iter()
        .map(|clause| clause.span)
        .reduce(Span::to)
        .unwrap_or(from);
    let keyword = select.first().map_or(from, |clause| clause.keyword);
    let is_broken = matches!(
        pipeline.source.as_ref().map(|source| &source.kind),
        Some(SourceKind::Error)
    );
    if !is_broken {
        foreign::select_before_from(inp, keyword, whole, from, behind);
    }
    pipeline.clauses.extend(select);
}
