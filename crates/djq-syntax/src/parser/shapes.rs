//! What stands in braces: shapes, records, assignments; and the items of `select`.

use super::expressions::expr;
use super::input::{Input, Read};
use super::recovery::{another, close, closes};
use super::{foreign, names, operands};
use crate::ast::{Assignment, Expr, ExprKind, Name, SelectItem, SelectItemKind, Shape};
use crate::roles;
use crate::token::TokenKind as K;

/// `{ item, … }` at its brace.
pub(super) fn shape(inp: &mut Input<'_, '_>) -> Shape {
    let open = inp.bump();
    let start = inp.span_of(open);
    let mut items = Vec::new();
    if inp.descend() && !closes(inp, open) {
        items.push(select_item(inp));
        while another(inp, open, "`,` or `}`") {
            items.push(select_item(inp));
        }
    }
    inp.ascend();
    close(inp, open, "`,` or `}`");
    Shape {
        items,
        span: inp.since(start),
    }
}

/// `expr [as name]`, `*`, `e.*`, `..shape`.
pub(super) fn select_item(inp: &mut Input<'_, '_>) -> SelectItem {
    let docs = inp.docs();
    let start = inp.here();
    let kind = match inp.kind() {
        K::Star => {
            inp.bump();
            star(inp, None)
        }
        K::DotDot => {
            inp.bump();
            SelectItemKind::Spread(names::name(inp, "a shape's name"))
        }
        _ => {
            let value = expr(inp);
            if inp.at(K::Dot) && inp.kind_at(1) == K::Star {
                inp.bump();
                inp.bump();
                star(inp, Some(value))
            } else if let Some((value, alias)) = foreign::named_before(inp, &value) {
                SelectItemKind::Expr { value, alias }
            } else {
                let alias = match names::alias(inp) {
                    Some(alias) => Some(alias),
                    None if matches!(value.kind, ExprKind::Error) => None,
                    None => foreign::bare_alias(inp, true),
                };
                match value.kind {
                    ExprKind::Error if alias.is_none() => SelectItemKind::Error,
                    _ => SelectItemKind::Expr { value, alias },
                }
            }
        }
    };
    SelectItem {
        docs,
        kind,
        span: inp.since(start),
    }
}

/// Behind `*`: `except (a, b)`, `as prefix_*`.
fn star(inp: &mut Input<'_, '_>, of: Option<Expr>) -> SelectItemKind {
    let mut except = Vec::new();
    // `except ( pipeline )` is the set operation.
    let names_follow = inp.at(K::Except)
        && inp.kind_at(1) == K::OpenParen
        && (inp.kind_at(2).is_name() || inp.kind_at(2).is_reserved())
        && matches!(inp.kind_at(3), K::Comma | K::CloseParen);
    if names_follow {
        inp.bump();
        let open = inp.bump();
        except.push(any_name(inp));
        while another(inp, open, "`,` or `)`") {
            except.push(any_name(inp));
        }
        close(inp, open, "`,` or `)`");
    }
    let prefix = if inp.at(K::As) {
        inp.bump();
        let name = names::name(inp, "a prefix such as `author_*`");
        if inp.at(K::Star) {
            inp.mark(roles::GLUED);
            inp.bump();
        } else {
            inp.unexpected("`*`");
        }
        Some(name)
    } else {
        None
    };
    SelectItemKind::Star { of, except, prefix }
}

/// A name where a reserved word is one as well.
fn any_name(inp: &mut Input<'_, '_>) -> Name {
    let token = inp.token();
    if token.kind.is_reserved() {
        inp.bump();
        return inp.name_of(token);
    }
    names::name(inp, "a name")
}

/// `{id: 1, name: 'a'}` at its brace.
pub(super) fn record(inp: &mut Input<'_, '_>) -> Expr {
    inp.mark(roles::TIGHT);
    let open = inp.bump();
    let start = inp.span_of(open);
    let mut fields = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        let name = if inp.kind_at(1) == K::Colon {
            any_name(inp)
        } else {
            names::name(inp, "a name and `:`")
        };
        if inp.eat(K::Colon).is_none() {
            inp.unexpected("`:`");
        }
        let value = if inp.at(K::Comma) || closes(inp, open) {
            operands::missing(inp)
        } else {
            expr(inp)
        };
        fields.push((name, value));
        more = another(inp, open, "`,` or `}`");
    }
    close(inp, open, "`,` or `}`");
    Expr {
        kind: ExprKind::Record(fields),
        span: inp.since(start),
    }
}

/// `{ field = expr [when GUARD], … }`.
pub(super) fn assignments(inp: &mut Input<'_, '_>) -> Vec<Assignment> {
    if !inp.at(K::OpenBrace) {
        inp.unexpected("`{` and assignments");
        return Vec::new();
    }
    let open = inp.bump();
    let mut assignments = Vec::new();
    let mut more = !closes(inp, open);
    while more {
        assignments.push(assignment(inp));
        more = another(inp, open, "`,` or `}`");
    }
    close(inp, open, "`,` or `}`");
    assignments
}

/// `field = expr [when GUARD]`.
pub(super) fn assignment(inp: &mut Input<'_, '_>) -> Assignment {
    let start = inp.here();
    foreign::assignment_alias(inp);
    let name = if inp.kind_at(1) == K::Equal {
        any_name(inp)
    } else {
        names::name(inp, "a field's name")
    };
    foreign::assignment_sign(inp, &name);
    let value = expr(inp);
    let guard = inp.eat(K::When).map(|_| expr(inp));
    Assignment {
        name,
        value,
        guard,
        span: inp.since(start),
    }
}
