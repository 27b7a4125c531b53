//! Types and parameters.

use super::expressions::{RED_ZONE, STACK, expr};
use super::input::{Input, Read};
use super::recovery::{another, close, closes};
use super::{foreign, names, operands};
use crate::ast::{Name, Parameter, TypeExpr, TypeExprKind};
use crate::roles;
use crate::token::{Token, TokenKind as K};

/// A type where one must stand.
pub(super) fn type_expr(inp: &mut Input<'_, '_>) -> TypeExpr {
    let ty = stacker::maybe_grow(RED_ZONE, STACK, || plain(inp, true));
    perhaps_null(inp, ty)
}

/// A type and the `?` behind it, if one is.
fn perhaps_null(inp: &mut Input<'_, '_>, ty: TypeExpr) -> TypeExpr {
    if inp.eat(K::Question).is_none() {
        return ty;
    }
    let span = inp.since(ty.span);
    TypeExpr {
        kind: TypeExprKind::Nullable(Box::new(ty)),
        span,
    }
}

/// The type behind `::`, where `<` is a comparison (but for `range<…>`) and `??` an operator.
pub(super) fn cast_target(inp: &mut Input<'_, '_>) -> TypeExpr {
    let ty = plain(inp, false);
    perhaps_null(inp, ty)
}

/// A type that could not be read.
pub(super) fn missing(inp: &mut Input<'_, '_>) -> TypeExpr {
    TypeExpr {
        kind: TypeExprKind::Error,
        span: inp.previous().after(),
    }
}

fn plain(inp: &mut Input<'_, '_>, generic: bool) -> TypeExpr {
    let token = inp.token();
    let start = inp.span_of(token);
    let kind = match token.kind {
        K::OpenBracket => {
            let open = inp.bump();
            let of = if inp.descend() {
                type_expr(inp)
            } else {
                missing(inp)
            };
            inp.ascend();
            close(inp, open, "`]`");
            TypeExprKind::List(Box::new(of))
        }
        K::OpenBrace => {
            inp.mark(roles::TIGHT);
            let open = inp.bump();
            let fields = if inp.descend() {
                parameters_inside(inp, open)
            } else {
                Vec::new()
            };
            inp.ascend();
            close(inp, open, "`,` or `}`");
            TypeExprKind::Row(fields)
        }
        K::Text => {
            let mut choices = vec![choice(inp)];
            while inp.at(K::Pipe) {
                inp.bump();
                if !inp.at(K::Text) {
                    inp.unexpected("a text");
                    break;
                }
                choices.push(choice(inp));
            }
            TypeExprKind::Union(choices)
        }
        kind if kind.is_name() => {
            let path = names::path(inp, "a type");
            let is_range =
                path.names.len() == 1 && path.names.iter().all(|name| &*name.text == "range");
            let mut arguments = Vec::new();
            if inp.at(K::OpenParen) {
                let open = inp.bump();
                if !closes(inp, open) {
                    arguments.push(expr(inp));
                    while another(inp, open, "`,` or `)`") {
                        arguments.push(expr(inp));
                    }
                }
                close(inp, open, "`,` or `)`");
            }
            let of = if (generic || is_range) && inp.at(K::Less) {
                inp.mark(roles::GLUED);
                inp.bump();
                inp.mark(roles::GLUED);
                let of = if inp.descend() {
                    type_expr(inp)
                } else {
                    missing(inp)
                };
                inp.ascend();
                inp.mark(roles::GLUED);
                if inp.eat(K::Greater).is_none() {
                    inp.unexpected("`>`");
                }
                Some(Box::new(of))
            } else {
                None
            };
            TypeExprKind::Named {
                path,
                arguments,
                of,
            }
        }
        _ => {
            inp.unexpected("a type");
            return missing(inp);
        }
    };
    TypeExpr {
        kind,
        span: inp.since(start),
    }
}

fn choice(inp: &mut Input<'_, '_>) -> Name {
    let token = inp.bump();
    let text = operands::text_of(inp, token);
    Name {
        text,
        span: inp.span_of(token),
    }
}

/// `( name: type, … )` at its parenthesis.
pub(super) fn parameters(inp: &mut Input<'_, '_>) -> Vec<Parameter> {
    let open = inp.bump();
    let parameters = parameters_inside(inp, open);
    close(inp, open, "`,` or `)`");
    parameters
}

/// The parameters (or a row type's fields) inside a bracket that has been consumed.
pub(super) fn parameters_inside(inp: &mut Input<'_, '_>, open: Token) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    if closes(inp, open) {
        return parameters;
    }
    parameters.push(parameter(inp));
    let wanted = if open.kind == K::OpenBrace {
        "`,` or `}`"
    } else {
        "`,` or `)`"
    };
    while another(inp, open, wanted) {
        parameters.push(parameter(inp));
    }
    parameters
}

/// `name: type`, a column of an SQL escape: no default, since `>` ends the list.
pub(super) fn column(inp: &mut Input<'_, '_>) -> Parameter {
    let start = inp.here();
    let name = names::name(inp, "a column's name");
    let ty = if inp.eat(K::Colon).is_some() {
        Some(type_expr(inp))
    } else {
        inp.unexpected("`:` and a type");
        None
    };
    Parameter {
        docs: None,
        name,
        optional: false,
        ty,
        default: None,
        span: inp.since(start),
    }
}

/// `q?: text? = 'x'`.
pub(super) fn parameter(inp: &mut Input<'_, '_>) -> Parameter {
    let docs = inp.docs();
    let start = inp.here();
    let name = if inp.kind().is_reserved()
        && matches!(
            inp.kind_at(1),
            K::Colon | K::Question | K::Comma | K::Equal | K::CloseParen | K::CloseBrace
        ) {
        let token = inp.bump();
        inp.name_of(token)
    } else if inp.at(K::Parameter) {
        let token = inp.bump();
        let name = inp.name_of(token);
        foreign::dollar(inp, &name);
        name
    } else {
        names::name(inp, "a parameter's name")
    };
    let mut name = name;
    let optional = inp.eat(K::Question).is_some();
    let typed = inp.eat(K::Colon).is_some() || foreign::parameter_type(inp, &mut name);
    let ty = typed.then(|| type_expr(inp));
    let default = inp.eat(K::Equal).map(|_| expr(inp));
    Parameter {
        docs,
        name,
        optional,
        ty,
        default,
        span: inp.since(start),
    }
}
