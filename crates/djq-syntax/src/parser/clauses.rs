//! Clauses, each by its first word.

use djq_diagnostics::{Applicability, Diagnostic, Span, codes};

use super::calls::{by, window};
use super::expressions::expr;
use super::input::{Input, Read};
use super::recovery::{another, clause_at, close, closes, skip_to_clause};
use super::{foreign, names, pipelines, shapes};
use crate::ast::{
    Binding, Clause, ClauseKind, Expr, ExprKind, GroupItem, JoinKind, Name, OrderItem, Pipeline,
    SelectItem, SelectItemKind, SetOperator,
};
use crate::roles;
use crate::token::TokenKind as K;

/// The clause that begins here. Adds one, or the several that a foreign spelling stands for.
pub(super) fn clause(inp: &mut Input<'_, '_>, clauses: &mut Vec<Clause>) {
    inp.mark(roles::CLAUSE);
    let word = inp.bump();
    let start = inp.span_of(word);
    let mut keyword = start;
    let kind = match word.kind {
        K::Where => ClauseKind::Where(expr(inp)),
        K::Select => {
            if let Some(distinct) = foreign::select_distinct(inp) {
                let items = select_items(inp);
                let span = inp.since(start);
                foreign::report_select_distinct(inp, distinct);
                clauses.push(Clause {
                    kind: ClauseKind::Select(items),
                    guard: None,
                    span,
                    keyword,
                });
                clauses.push(Clause {
                    kind: ClauseKind::Distinct,
                    guard: None,
                    span: distinct,
                    keyword: distinct,
                });
                return;
            }
            foreign::select_distinct_on(inp, start);
            ClauseKind::Select(select_items(inp))
        }
        K::Join => join(inp, JoinKind::Inner),
        K::Left | K::Right | K::Full | K::Cross => {
            foreign::outer(inp);
            inp.eat(K::Join);
            keyword = inp.since(start);
            join(
                inp,
                match word.kind {
                    K::Left => JoinKind::Left,
                    K::Right => JoinKind::Right,
                    K::Full => JoinKind::Full,
                    _ => JoinKind::Cross,
                },
            )
        }
        K::Let => ClauseKind::Let(bindings(inp)),
        K::Group if !inp.at(K::By) && foreign::group(inp, start, clauses) => return,
        K::Group => {
            by(inp);
            keyword = inp.since(start);
            ClauseKind::GroupBy(items(inp, group_item))
        }
        K::Distinct => distinct(inp),
        K::Order => {
            by(inp);
            keyword = inp.since(start);
            ClauseKind::OrderBy(order_items(inp))
        }
        K::Limit => {
            let count = expr(inp);
            let count = foreign::limit_pair(inp, start, count, clauses);
            let per = if inp.at(K::Per) {
                inp.bump();
                items(inp, expr)
            } else {
                Vec::new()
            };
            ClauseKind::Limit { count, per }
        }
        K::Offset => ClauseKind::Offset(expr(inp)),
        K::Union => set_operation(inp, SetOperator::Union),
        K::Intersect => set_operation(inp, SetOperator::Intersect),
        K::Except => set_operation(inp, SetOperator::Except),
        K::Window if foreign::prql_window(inp) => ClauseKind::Error,
        K::Window => {
            let name = names::name(inp, "a window's name");
            if inp.eat(K::As).is_none() {
                inp.unexpected("`as ( … )`");
            }
            if inp.at(K::OpenParen) {
                ClauseKind::Window {
                    name,
                    spec: window(inp),
                }
            } else {
                inp.unexpected("`(` and a window");
                ClauseKind::Error
            }
        }
        K::For => lock(inp),
        K::Insert => insert(inp, start),
        K::Update => {
            let all = inp.eat(K::All).is_some();
            ClauseKind::Update {
                all,
                assignments: foreign::update_assignments(inp, None),
            }
        }
        K::Delete => {
            let all = inp.eat(K::All).is_some();
            let mode = matches!(inp.kind(), K::Cascade | K::Restrict).then(|| {
                let token = inp.bump();
                inp.keyword_of(token)
            });
            ClauseKind::Delete { all, mode }
        }
        K::Returning => ClauseKind::Returning(select_items(inp)),
        K::On => {
            inp.bump();
            keyword = inp.since(start);
            on_conflict(inp)
        }
        K::With => {
            inp.knows().complain(
                Diagnostic::new(&codes::SYNTAX_ERROR, start, "`with` stands before `from`")
                    .label("not the first clause")
                    .help("move the CTEs to the head of the pipeline"),
            );
            skip_to_clause(inp);
            ClauseKind::Error
        }
        _ => ClauseKind::Error,
    };
    let guard = inp.eat(K::When).map(|_| expr(inp));
    let span = inp.since(start);
    clauses.push(Clause {
        kind,
        guard,
        span,
        keyword,
    });
}

/// A list of a clause: no comma may trail, since the next clause begins without a bracket.
pub(super) fn items<'src, 'parse, T>(
    inp: &mut Input<'src, 'parse>,
    item: impl Fn(&mut Input<'src, 'parse>) -> T,
) -> Vec<T> {
    let mut items = vec![item(inp)];
    while inp.at(K::Comma) || foreign::forgotten_comma(inp) {
        if !inp.at(K::Comma) {
            items.push(item(inp));
            continue;
        }
        let comma = inp.here();
        inp.bump();
        let ends =
            super::recovery::at_end(inp) || (clause_at(inp, 0) && !names::reserved_is_name(inp));
        if ends {
            inp.knows().complain(
                Diagnostic::new(
                    &codes::TRAILING_COMMA,
                    comma,
                    "a comma trails inside brackets alone",
                )
                .label("nothing follows")
                .fix(Applicability::Exact, "remove the comma", comma, ""),
            );
            inp.knows().recovered();
            break;
        }
        items.push(item(inp));
    }
    items
}

fn select_items(inp: &mut Input<'_, '_>) -> Vec<SelectItem> {
    foreign::top(inp);
    if let Some(items) = foreign::braced_columns(inp) {
        return items;
    }
    let mut items = items(inp, shapes::select_item);
    let ends = super::recovery::at_end(inp)
        || clause_at(inp, 0)
        || foreign::clause_at(inp)
        || matches!(inp.kind(), K::When | K::Semicolon | K::Pipe);
    // What stands behind it may be a part of it, and its name: that is not to be missed as well.
    if !ends
        && let Some(SelectItem { kind, .. }) = items.last_mut()
        && let SelectItemKind::Expr { value, alias: None } = kind
        && !matches!(value.kind, ExprKind::Name(_) | ExprKind::Field { .. })
    {
        *kind = SelectItemKind::Error;
    }
    items
}

/// `e [asc|desc] [nulls first|last], …`.
pub(super) fn order_items(inp: &mut Input<'_, '_>) -> Vec<OrderItem> {
    items(inp, order_item)
}

pub(super) fn order_item(inp: &mut Input<'_, '_>) -> OrderItem {
    let start = inp.here();
    let value = expr(inp);
    let (value, mut descending) = foreign::minus_descends(inp, value);
    if inp.eat(K::Desc).is_some() {
        descending = true;
    } else {
        inp.eat(K::Asc);
    }
    let nulls_first = if inp.at(K::Nulls) {
        inp.bump();
        if inp.eat(K::First).is_some() {
            Some(true)
        } else {
            if inp.eat(K::Last).is_none() {
                inp.unexpected("`first` or `last`");
            }
            Some(false)
        }
    } else {
        None
    };
    OrderItem {
        value,
        descending,
        nulls_first,
        span: inp.since(start),
    }
}

fn join(inp: &mut Input<'_, '_>, kind: JoinKind) -> ClauseKind {
    if foreign::prql_join(inp) {
        return ClauseKind::Error;
    }
    let source = pipelines::source(inp);
    let on = if inp.at(K::On) && inp.kind_at(1) != K::Conflict {
        inp.bump();
        Some(expr(inp))
    } else {
        foreign::using(inp)
    };
    ClauseKind::Join { kind, source, on }
}

fn bindings(inp: &mut Input<'_, '_>) -> Vec<Binding> {
    items(inp, |inp| {
        let token = inp.token();
        let name = if token.kind.is_reserved() && inp.kind_at(1) == K::Equal {
            inp.bump();
            inp.name_of(token)
        } else {
            names::name(inp, "a name")
        };
        if inp.eat(K::Equal).is_none() {
            inp.unexpected("`=` and a value");
        }
        Binding {
            name,
            value: expr(inp),
        }
    })
}

/// `expr [as name]`.
fn key(inp: &mut Input<'_, '_>) -> (Expr, Option<Name>) {
    let value = expr(inp);
    (value, names::alias(inp))
}

pub(super) fn group_item(inp: &mut Input<'_, '_>) -> GroupItem {
    if matches!(inp.kind(), K::Rollup | K::Cube) && inp.kind_at(1) == K::OpenParen {
        let token = inp.bump();
        let word = inp.name_of(token);
        return GroupItem::Rolled {
            word,
            keys: keys(inp),
        };
    }
    if inp.at(K::Grouping) && inp.kind_at(1) == K::Sets {
        let start = inp.here();
        inp.bump();
        inp.bump();
        let span = inp.since(start);
        let mut sets = Vec::new();
        if inp.at(K::OpenParen) {
            let open = inp.bump();
            let mut more = !closes(inp, open);
            while more {
                sets.push(if inp.at(K::OpenParen) {
                    keys(inp)
                } else {
                    vec![key(inp)]
                });
                more = another(inp, open, "`,` or `)`");
            }
            close(inp, open, "`,` or `)`");
        } else {
            inp.unexpected("`(` and sets of keys");
        }
        return GroupItem::Sets { span, sets };
    }
    // `group by ()`: all rows are one group.
    if inp.at(K::OpenParen) && inp.kind_at(1) == K::CloseParen {
        let span = inp.here();
        return GroupItem::Sets {
            span,
            sets: vec![keys(inp)],
        };
    }
    let (value, alias) = key(inp);
    GroupItem::Key { value, alias }
}

/// `( k as n, … )` at its parenthesis.
fn keys(inp: &mut Input<'_, '_>) -> Vec<(Expr, Option<Name>)> {
    let open = inp.bump();
    let mut keys = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        keys.push(key(inp));
        more = another(inp, open, "`,` or `)`");
    }
    close(inp, open, "`,` or `)`");
    keys
}

pub(super) fn distinct(inp: &mut Input<'_, '_>) -> ClauseKind {
    if !inp.at(K::On) || inp.kind_at(1) == K::Conflict {
        return ClauseKind::Distinct;
    }
    inp.bump();
    if !inp.at(K::OpenParen) {
        inp.unexpected("`(` and keys");
        return ClauseKind::Error;
    }
    ClauseKind::DistinctOn(keys(inp).into_iter().map(|(key, _)| key).collect())
}

pub(super) fn set_operation(inp: &mut Input<'_, '_>, operator: SetOperator) -> ClauseKind {
    let all = inp.eat(K::All).is_some();
    if inp.at(K::OpenParen) {
        let open = inp.bump();
        let start = inp.span_of(open);
        let mut right = pipelines::whole(inp);
        close(inp, open, "a clause or `)`");
        right.span = inp.since(start);
        return ClauseKind::SetOperation {
            operator,
            all,
            right: Box::new(right),
        };
    }
    if matches!(inp.kind(), K::From | K::Select | K::With) {
        let right: Pipeline = pipelines::bare_operand(inp);
        foreign::bare_set_operand(inp, right.span);
        return ClauseKind::SetOperation {
            operator,
            all,
            right: Box::new(right),
        };
    }
    inp.unexpected("`(` and a pipeline");
    ClauseKind::Error
}

fn lock(inp: &mut Input<'_, '_>) -> ClauseKind {
    if !matches!(inp.kind(), K::Update | K::Share) {
        inp.unexpected("`update` or `share`");
        return ClauseKind::Error;
    }
    let token = inp.bump();
    let strength = inp.keyword_of(token);
    let mut of = Vec::new();
    if inp.eat(K::Of).is_some() {
        of = items(inp, |inp| names::name(inp, "a source's name"));
    }
    let start = inp.here();
    let wait = if inp.at(K::NoWait) || (inp.at(K::Skip) && inp.kind_at(1) == K::Locked) {
        let skips = inp.eat(K::Skip).is_some();
        inp.bump();
        let text = if skips { "skip locked" } else { "nowait" };
        Some(Name {
            text: text.into(),
            span: inp.since(start),
        })
    } else {
        None
    };
    ClauseKind::Lock { strength, of, wait }
}

fn insert(inp: &mut Input<'_, '_>, keyword: Span) -> ClauseKind {
    let word = inp.here();
    let into = inp.eat(K::Into).is_some();
    let behind = inp.here();
    let model = names::path(inp, "a model");
    let into_span = into.then_some(Span {
        end: behind.start.max(word.end),
        ..word
    });
    if let Some(kind) = foreign::insert(inp, keyword, into_span, &model) {
        return kind;
    }
    let rows = if inp.at(K::OpenBracket) && !into {
        inp.mark(roles::SPACED);
        let open = inp.bump();
        let mut rows = Vec::new();
        let mut more = !closes(inp, open);
        while more {
            rows.push(shapes::assignments(inp));
            more = another(inp, open, "`,` or `]`");
        }
        close(inp, open, "`,` or `]`");
        rows
    } else {
        vec![shapes::assignments(inp)]
    };
    ClauseKind::Insert { model, into, rows }
}

/// Behind `on conflict`.
fn on_conflict(inp: &mut Input<'_, '_>) -> ClauseKind {
    let fields = if inp.at(K::OpenParen) {
        keys(inp).into_iter().map(|(field, _)| field).collect()
    } else {
        inp.unexpected_as(
            &codes::SYNTAX_ERROR,
            "`(` and the unique fields",
            |diagnostic| {
                diagnostic.help(
                    "say which fields no two rows share: `on conflict (slug) do nothing`, `on conflict (slug) update { … }`",
                )
            },
        );
        return ClauseKind::Error;
    };
    if inp.at(K::Do) && inp.kind_at(1) == K::Nothing {
        inp.bump();
        inp.bump();
        return ClauseKind::OnConflict {
            fields,
            update: None,
            condition: None,
        };
    }
    let skipped = foreign::skip_do(inp);
    if inp.eat(K::Update).is_none() {
        inp.unexpected("`do nothing` or `update { … }`");
        return ClauseKind::Error;
    }
    let update = Some(foreign::update_assignments(inp, skipped));
    let condition = if inp.at(K::Where) {
        inp.bump();
        Some(expr(inp))
    } else {
        None
    };
    ClauseKind::OnConflict {
        fields,
        update,
        condition,
    }
}
