//! Items: `use`, `query`, `def`, `view`, and what stands above them.

use djq_diagnostics::{Applicability, Diagnostic, codes, nearest};

use super::expressions::expr;
use super::input::{Input, Read, describe};
use super::recovery::{another, clause_at, close, closes, item_at, skip_to_item};
use super::{foreign, names, operands, pipelines, shapes, types};
use crate::ast::{
    Attribute, Def, DefBody, Expr, ExprKind, File, Item, ItemKind, Name, Path, Pipeline, Query,
    Use, View,
};
use crate::roles;
use crate::token::TokenKind as K;

/// A whole file.
pub(super) fn file(inp: &mut Input<'_, '_>) -> File {
    let mut items = Vec::new();
    while inp.kind() != K::End {
        if inp.at(K::Semicolon) {
            foreign::semicolon(inp);
            continue;
        }
        if !begins(inp) {
            not_an_item(inp);
            skip_past_item(inp);
            continue;
        }
        items.push(item(inp));
        inp.knows().recovered();
    }
    File { items }
}

/// Items, then perhaps a bare pipeline.
pub(super) fn items_and_pipeline(inp: &mut Input<'_, '_>) -> (File, Option<Query>) {
    let mut items = Vec::new();
    while begins(inp) && inp.kind() != K::End {
        items.push(item(inp));
        inp.knows().recovered();
        while inp.at(K::Semicolon) {
            foreign::semicolon(inp);
        }
    }
    if inp.kind() == K::End {
        return (File { items }, None);
    }
    let span = inp.here().before();
    let mut body = pipelines::whole(inp);
    while inp.kind() != K::End {
        // A closing bracket was taken out before if it closes nothing: this is an item.
        inp.unexpected("a clause");
        inp.knows().recovered();
        if begins(inp) {
            items.push(item(inp));
        } else {
            skip_past_item(inp);
        }
    }
    body.span = if body.span.range().is_empty() {
        span
    } else {
        body.span
    };
    let query = Query {
        name: Name {
            text: "".into(),
            span,
        },
        parameters: Vec::new(),
        cardinality: None,
        returns: None,
        body,
    };
    (File { items }, Some(query))
}

/// Whether an item begins here, wherever on its line.
fn begins(inp: &mut Input<'_, '_>) -> bool {
    if item_at(inp, 0) {
        return true;
    }
    let next = inp.kind_at(1);
    match inp.kind() {
        K::At => next == K::OpenBracket,
        K::Use => next.is_name() || next == K::Text,
        K::Query | K::Def => {
            next.is_name() || next.is_reserved() || next == K::OpenParen || next == K::OpenBrace
        }
        K::View => next.is_name() || next.is_reserved(),
        _ => false,
    }
}

/// Reports what stands where an item should; a misspelt one gets the nearest.
fn not_an_item(inp: &mut Input<'_, '_>) {
    let token = inp.token();
    let span = inp.here();
    let state = inp.knows();
    let found = describe(state, token);
    let near = nearest(state.text(token), ["query", "def", "view", "use"]);
    let diagnostic = Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        format!("expected an item, found {found}"),
    );
    let diagnostic = match near.filter(|_| token.kind == K::Name) {
        Some(near) => diagnostic.label("not an item").fix(
            Applicability::Likely,
            format!("write `{near}`"),
            span,
            near,
        ),
        None => diagnostic.label("an item begins with `query`, `def`, `view` or `use`"),
    };
    state.complain(diagnostic);
}

/// Steps over something that is no item, at least one token of it.
fn skip_past_item(inp: &mut Input<'_, '_>) {
    inp.bump();
    skip_to_item(inp);
}

fn item(inp: &mut Input<'_, '_>) -> Item {
    inp.mark(roles::ITEM);
    let docs = inp.docs();
    let start = inp.here();
    let start = docs.as_ref().map_or(start, |docs| docs.span.to(start));
    let mut attributes = Vec::new();
    while inp.at(K::At) && inp.kind_at(1) == K::OpenBracket {
        attributes.push(attribute(inp));
    }
    let docs = docs.or_else(|| inp.docs());
    let kind = match inp.kind() {
        K::Use => {
            inp.bump();
            ItemKind::Use(use_item(inp))
        }
        K::Query => {
            inp.bump();
            ItemKind::Query(Box::new(query(inp)))
        }
        K::Def => {
            inp.bump();
            ItemKind::Def(Box::new(def(inp)))
        }
        K::View => {
            inp.bump();
            let name = names::item_name(inp, "the view's name");
            let body = body(inp);
            ItemKind::View(View { name, body })
        }
        _ => {
            inp.unexpected("`query`, `def`, `view` or `use`");
            ItemKind::Error
        }
    };
    if inp.kind() != K::End && !begins(inp) && !inp.at(K::Semicolon) {
        if matches!(kind, ItemKind::Def(_)) && !inp.token().first_on_line {
            inp.unexpected("an operator or the next item");
        } else {
            not_an_item(inp);
        }
        skip_to_item(inp);
    }
    Item {
        docs,
        attributes,
        kind,
        span: inp.since(start),
    }
}

/// `@[allow(a, b)]` at its `@`.
fn attribute(inp: &mut Input<'_, '_>) -> Attribute {
    let start = inp.here();
    inp.bump();
    let open = inp.bump();
    let level = names::name(inp, "`allow`, `warn` or `deny`");
    let mut lints = Vec::new();
    if inp.at(K::OpenParen) {
        let inner = inp.bump();
        let mut more = !closes(inp, inner);
        while more {
            lints.push(lint(inp));
            more = another(inp, inner, "`,` or `)`");
        }
        close(inp, inner, "`,` or `)`");
    } else {
        inp.unexpected("`(` and the names of lints");
    }
    close(inp, open, "`]`");
    Attribute {
        level,
        lints,
        span: inp.since(start),
    }
}

/// A lint's name, hyphens included.
fn lint(inp: &mut Input<'_, '_>) -> Name {
    // Here every word is a name: `select-star`.
    let first = if inp.token().kind.is_reserved() {
        let token = inp.bump();
        inp.name_of(token)
    } else {
        names::name(inp, "a lint's name")
    };
    while inp.at(K::Minus)
        && inp.token().adjacent
        && (inp.kind_at(1).is_name() || inp.kind_at(1).is_reserved())
    {
        inp.mark(roles::GLUED);
        inp.bump();
        inp.mark(roles::GLUED);
        inp.bump();
    }
    let span = inp.since(first.span);
    Name {
        text: inp.knows().slice(span).into(),
        span,
    }
}

fn use_item(inp: &mut Input<'_, '_>) -> Use {
    if inp.at(K::Text) {
        let token = inp.bump();
        let text = operands::text_of(inp, token);
        return Use::File {
            path: Name {
                text,
                span: inp.span_of(token),
            },
        };
    }
    let first = names::item_name(inp, "an app, a model or a file");
    let path = names::path_behind(inp, first);
    Use::Path {
        path: path.names,
        alias: names::alias(inp),
    }
}

fn query(inp: &mut Input<'_, '_>) -> Query {
    let name = names::item_name(inp, "the query's name");
    let parameters = if inp.at(K::OpenParen) {
        types::parameters(inp)
    } else {
        Vec::new()
    };
    let cardinality = if inp.kind() == K::Name {
        let token = inp.token();
        let text = inp.knows().text(token);
        if matches!(text, "one" | "maybe" | "many") {
            inp.bump();
            Some(inp.keyword_of(token))
        } else {
            inp.unexpected("`one`, `maybe`, `many` or `{`");
            inp.bump();
            None
        }
    } else {
        None
    };
    let returns = inp.eat(K::Arrow).map(|_| names::path(inp, "a model"));
    let body = body(inp);
    Query {
        name,
        parameters,
        cardinality,
        returns,
        body,
    }
}

/// `{ pipeline }`.
fn body(inp: &mut Input<'_, '_>) -> Pipeline {
    if !inp.at(K::OpenBrace) {
        let span = inp.here().before();
        inp.unexpected("`{`");
        if clause_at(inp, 0) && !item_at(inp, 0) {
            // The brace was forgotten: read on as if it stood here.
            let body = pipelines::whole(inp);
            skip_to_item(inp);
            let end = inp.here();
            inp.knows().unopened.push(span.to(end));
            return body;
        }
        skip_to_item(inp);
        return Pipeline {
            with: Vec::new(),
            recursive: None,
            source: None,
            clauses: Vec::new(),
            span,
        };
    }
    inp.mark(roles::BODY);
    let open = inp.bump();
    // What was wrong before the brace has been said.
    inp.knows().recovered();
    let start = inp.span_of(open);
    let mut body = pipelines::whole(inp);
    close(inp, open, "a clause or `}`");
    body.span = inp.since(start);
    body
}

fn def(inp: &mut Input<'_, '_>) -> Def {
    let mut path = names::path(inp, "a name");
    let name = path.names.pop().unwrap_or(Name {
        text: "".into(),
        span: path.span,
    });
    let model = match (path.names.first(), path.names.last()) {
        (Some(first), Some(last)) => Some(Path {
            span: first.span.to(last.span),
            names: path.names,
        }),
        _ => None,
    };
    let has_parameter_list = inp.at(K::OpenParen);
    let parameters = if has_parameter_list {
        types::parameters(inp)
    } else {
        Vec::new()
    };
    let ty = inp.eat(K::Colon).map(|_| types::type_expr(inp));
    let body = if inp.eat(K::Equal).is_some() {
        def_body(inp)
    } else {
        inp.unexpected("`=`");
        skip_to_item(inp);
        DefBody::Error
    };
    Def {
        model,
        name,
        parameters,
        has_parameter_list,
        ty,
        body,
    }
}

fn def_body(inp: &mut Input<'_, '_>) -> DefBody {
    if inp.at(K::OpenBrace) {
        return DefBody::Shape(shapes::shape(inp));
    }
    if names::begins_clause_here(inp) && !item_at(inp, 0) {
        return DefBody::Scope(pipelines::scope(inp));
    }
    if item_at(inp, 0) {
        inp.unexpected("an expression, a shape or clauses");
        return DefBody::Error;
    }
    let value = expr(inp);
    if !inp.at(K::On) {
        return DefBody::Expr(value);
    }
    let on = inp.here();
    inp.bump();
    let span = value.span;
    match as_path(value) {
        Some(target) => DefBody::Relation {
            target,
            on: expr(inp),
        },
        None => {
            inp.knows().complain(
                Diagnostic::new(
                    &codes::SYNTAX_ERROR,
                    span,
                    "a relation is declared to a model",
                )
                .label("not a model's name")
                .because(on, "`on` makes it a relation"),
            );
            expr(inp);
            DefBody::Error
        }
    }
}

/// A path that was read as an expression.
fn as_path(expr: Expr) -> Option<Path> {
    let span = expr.span;
    let mut names = Vec::new();
    let mut rest = expr;
    loop {
        match rest.kind {
            ExprKind::Name(name) => {
                names.push(name);
                names.reverse();
                return Some(Path { names, span });
            }
            ExprKind::Field { base, name } => {
                names.push(name);
                rest = *base;
            }
            _ => return None,
        }
    }
}
