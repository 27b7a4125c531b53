//! Django's query sets: `Entry.objects.filter(…).order_by('-pub_date')[:10]` is a pipeline.

mod arguments;
mod expressions;

use djq_diagnostics::{Applicability, Diagnostic, Edit, Span, codes};

use arguments::{conditions, named, paths};
pub(crate) use expressions::expression;

use crate::ast::{Clause, ClauseKind, Expr, ExprKind, Name, Pipeline, Source, SourceKind};
use crate::parser::input::{Input, Read};
use crate::parser::recovery::{close, closes, skip_group};
use crate::token::TokenKind as K;

/// More methods of one query set than anyone writes.
const MOST_CALLS: usize = 100;

/// What a method of a query set is in a pipeline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    /// `filter`, `get`: `where`.
    Filter,
    /// `exclude`: `where not`.
    Exclude,
    /// What changes nothing here: `all`, `select_related`.
    Nothing,
    OrderBy,
    /// `values`, `only`: `select`; before `annotate` they are `group by`.
    Values,
    /// `let`, or the aggregates of groups.
    Annotate,
    /// The aggregates of all rows.
    Aggregate,
    Count,
    First,
    Distinct,
    Update,
    Delete,
    Create,
}

fn method_of(word: &str) -> Option<Method> {
    Some(match word {
        "filter" | "get" => Method::Filter,
        "exclude" => Method::Exclude,
        "all" | "select_related" | "prefetch_related" | "iterator" | "using" => Method::Nothing,
        "order_by" => Method::OrderBy,
        "values" | "values_list" | "only" => Method::Values,
        "annotate" | "alias" => Method::Annotate,
        "aggregate" => Method::Aggregate,
        "count" => Method::Count,
        "first" => Method::First,
        "distinct" => Method::Distinct,
        "update" => Method::Update,
        "delete" => Method::Delete,
        "create" => Method::Create,
        _ => return None,
    })
}

/// Whether `.objects.` and a method come next, at the first dot.
pub(crate) fn is_manager(inp: &mut Input<'_, '_>) -> bool {
    inp.is_word_at(1, "objects") && inp.kind_at(2) == K::Dot && inp.kind_at(4) == K::OpenParen
}

/// Whether `Name.objects.filter(` begins here.
pub(crate) fn manager_ahead(inp: &mut Input<'_, '_>) -> bool {
    inp.is_word_at(2, "objects") && inp.kind_at(3) == K::Dot
}

fn method_at(inp: &mut Input<'_, '_>, n: usize) -> Option<Method> {
    let token = inp.token_at(n);
    method_of(inp.knows().text(token))
}

/// A query set that is being read.
struct QuerySet {
    /// Each call is replaced by a clause.
    edits: Vec<Edit>,
    clauses: Vec<Clause>,
    /// The keys of `values(…)` before `annotate(…)`.
    keys: Option<String>,
    filtered: bool,
    /// The text of a new row's assignments.
    created: bool,
    /// A method that has no form here.
    unknown: Option<Name>,
}

/// `.objects.filter(a=1).exclude(b=2)` behind a model: the pipeline that it stands for.
pub(crate) fn manager(inp: &mut Input<'_, '_>, base: Expr) -> Expr {
    let start = base.span;
    let before = inp.position();
    let mut set = QuerySet {
        edits: Vec::new(),
        clauses: Vec::new(),
        keys: None,
        filtered: false,
        created: false,
        unknown: None,
    };
    let dot = inp.here();
    inp.bump();
    inp.bump();
    let shown = inp.since(dot);
    set.edits.push(Edit {
        span: shown,
        text: String::new(),
    });
    let mut calls = 0;
    loop {
        calls += 1;
        if calls > MOST_CALLS {
            // Nobody writes so many, and each is a clause.
            inp.knows().grow(u32::MAX, dot);
            break;
        }
        if inp.at(K::Dot) && inp.kind_at(2) == K::OpenParen {
            let method = method_at(inp, 1);
            let from = inp.here();
            inp.bump();
            let token = inp.bump();
            let name = inp.name_of(token);
            match method {
                Some(method) => call(inp, &mut set, method, from),
                None => {
                    skip_group(inp);
                    set.unknown.get_or_insert(name);
                }
            }
        } else if inp.at(K::Dot) && is_manager(inp) {
            // Rows have no manager.
            inp.bump();
            let token = inp.bump();
            let name = inp.name_of(token);
            set.unknown.get_or_insert(name);
        } else if inp.at(K::OpenBracket) && inp.token().adjacent {
            slice(inp, &mut set);
        } else {
            break;
        }
    }
    let span = inp.since(start);
    finish(inp, base, set, shown, span, before)
}

/// Reports the query set, and gives what it stands for.
fn finish(
    inp: &mut Input<'_, '_>,
    base: Expr,
    mut set: QuerySet,
    shown: Span,
    span: Span,
    before: usize,
) -> Expr {
    let start = base.span;
    let wrapped = wraps(inp, before, start);
    let head = match wrapped {
        _ if set.created => "insert ",
        Wrap::From => "from ",
        Wrap::Parentheses => "(",
        Wrap::Nothing => "",
    };
    if !head.is_empty() {
        set.edits.insert(
            0,
            Edit {
                span: start.before(),
                text: head.into(),
            },
        );
    }
    if matches!(wrapped, Wrap::Parentheses) {
        set.edits.push(Edit {
            span: span.after(),
            text: ")".into(),
        });
    }
    let diagnostic = Diagnostic::new(
        &codes::DJANGO_MANAGER,
        shown,
        "managers do not apply: a model is read by `from`, and `where` filters it",
    )
    .label("Django's way");
    let cannot = set.created && !matches!(wrapped, Wrap::From);
    let diagnostic = match &set.unknown {
        Some(name) => diagnostic
            .because(name.span, "this method has no clause of its own")
            .help("write the clauses: `from M where … order by … limit …`"),
        None if cannot => diagnostic.help("a new row is a query of its own: `insert M { … }`"),
        None => diagnostic.fix_all(Applicability::Exact, "write clauses", set.edits),
    };
    inp.knows().report(diagnostic);
    if set.unknown.is_some() || set.created {
        return Expr {
            kind: ExprKind::Error,
            span,
        };
    }
    if set.clauses.is_empty() {
        return base;
    }
    let source = Source {
        span: base.span,
        kind: SourceKind::Expr(Box::new(base)),
        alias: None,
    };
    let pipeline = Pipeline {
        with: Vec::new(),
        recursive: None,
        source: Some(source),
        clauses: set.clauses,
        span,
    };
    Expr {
        kind: ExprKind::Pipeline(Box::new(pipeline)),
        span,
    }
}

/// One method's call, at its parenthesis; `from` is its dot.
fn call(inp: &mut Input<'_, '_>, set: &mut QuerySet, method: Method, from: Span) {
    let open = inp.bump();
    let text = match method {
        Method::Filter | Method::Exclude => {
            set.filtered = true;
            conditions(inp, set, open, from, method == Method::Exclude)
        }
        Method::OrderBy => prefixed("order by ", &paths(inp, open, true)),
        Method::Values => {
            let paths = paths(inp, open, false);
            if inp.at(K::Dot) && method_at(inp, 1) == Some(Method::Annotate) {
                set.keys = Some(paths.clone());
                prefixed("group by ", &paths)
            } else {
                prefixed("select ", &paths)
            }
        }
        Method::Annotate => match set.keys.take() {
            Some(keys) => {
                let aggregates = named(inp, open, true);
                format!("select {keys}, {aggregates}")
            }
            None => prefixed("let ", &named(inp, open, false)),
        },
        Method::Aggregate => prefixed("select ", &named(inp, open, true)),
        Method::Update => {
            let assignments = named(inp, open, false);
            let all = if set.filtered { "" } else { "all " };
            format!("update {all}{{ {assignments} }}")
        }
        Method::Create => {
            set.created = true;
            format!("{{ {} }}", named(inp, open, false))
        }
        Method::Nothing | Method::Count | Method::First | Method::Distinct | Method::Delete => {
            while !closes(inp, open) {
                skip_group(inp);
            }
            close(inp, open, "`)`");
            match method {
                Method::Count => "select count()".to_owned(),
                Method::First => "limit 1".to_owned(),
                Method::Distinct => "distinct".to_owned(),
                Method::Delete if set.filtered => "delete cascade".to_owned(),
                Method::Delete => "delete all cascade".to_owned(),
                _ => String::new(),
            }
        }
    };
    let span = inp.since(from);
    replace(inp, set, span, &text);
    if !matches!(method, Method::Filter | Method::Exclude | Method::Nothing) {
        // What the clause does is in the fix; here its rows are of unknown columns.
        set.clauses.push(Clause {
            kind: ClauseKind::Error,
            guard: None,
            span,
            keyword: span,
        });
    }
}

/// Puts a clause in the place of a call.
fn replace(inp: &mut Input<'_, '_>, set: &mut QuerySet, span: Span, text: &str) {
    let before = inp.knows().text.get(..span.start as usize).unwrap_or("");
    let spaced = before.ends_with(char::is_whitespace);
    let space = if spaced || text.is_empty() { "" } else { " " };
    set.edits.push(Edit {
        span,
        text: format!("{space}{text}"),
    });
}

fn prefixed(word: &str, list: &str) -> String {
    if list.is_empty() {
        String::new()
    } else {
        format!("{word}{list}")
    }
}

/// `[:10]`, `[5:10]`, `[0]`.
fn slice(inp: &mut Input<'_, '_>, set: &mut QuerySet) {
    let start = inp.here();
    let number = |inp: &mut Input<'_, '_>| {
        let token = inp.eat(K::Int)?;
        inp.knows().text(token).replace('_', "").parse::<u64>().ok()
    };
    let open = inp.bump();
    let from = number(inp);
    let to = if inp.eat(K::Colon).is_some() {
        number(inp).map(Some)
    } else {
        Some(from.map(|at| at + 1))
    };
    let readable = closes(inp, open);
    while !closes(inp, open) {
        skip_group(inp);
    }
    close(inp, open, "`]`");
    let span = inp.since(start);
    let offset = from
        .filter(|from| *from > 0)
        .map(|from| format!("offset {from}"));
    let limit = to
        .flatten()
        .and_then(|to| to.checked_sub(from.unwrap_or(0)))
        .map(|count| format!("limit {count}"));
    let text: Vec<String> = limit.into_iter().chain(offset).collect();
    if text.is_empty() || !readable {
        set.unknown.get_or_insert(Name {
            text: "[…]".into(),
            span,
        });
    }
    replace(inp, set, span, &text.join(" "));
    set.clauses.push(Clause {
        kind: ClauseKind::Error,
        guard: None,
        span,
        keyword: span,
    });
}

/// What must stand around the pipeline that replaces a manager.
enum Wrap {
    Nothing,
    From,
    Parentheses,
}

fn wraps(inp: &mut Input<'_, '_>, dot: usize, base: Span) -> Wrap {
    let end = inp.token();
    let state = inp.knows();
    let first = state
        .tokens
        .partition_point(|token| token.start < base.start)
        .min(dot);
    let before = first
        .checked_sub(1)
        .and_then(|before| state.tokens.get(before));
    match before.map(|token| token.kind) {
        Some(K::From) => Wrap::Nothing,
        None | Some(K::OpenBrace | K::CloseBrace) => Wrap::From,
        Some(K::OpenParen) if end.kind == K::CloseParen => Wrap::Nothing,
        _ => Wrap::Parentheses,
    }
}
