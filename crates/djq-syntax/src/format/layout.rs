//! Where lines break: items, clauses, lists, conditions, brackets, in this order.

use super::printer::{Printer, WIDTH};
use crate::roles;
use crate::token::TokenKind as K;

/// All items.
pub(super) fn file(printer: &mut Printer<'_>) {
    let end = printer.len();
    let mut starts: Vec<usize> = (0..end)
        .filter(|at| printer.has(*at, roles::ITEM))
        .collect();
    starts.push(end);
    let mut before: Option<bool> = None;
    for pair in starts.windows(2) {
        let &[from, to] = pair else { continue };
        let single = on_one_line(printer, from, to);
        if let Some(before) = before {
            printer.newline(from, 0);
            if !(before && single) {
                printer.blank_line();
            }
        }
        item(printer, from, to, single);
        before = Some(single);
    }
}

/// Whether an item stands on one line: it fits, and its author did not break its body.
fn on_one_line(printer: &Printer<'_>, from: usize, to: usize) -> bool {
    let body = (from..to).find(|at| printer.has(*at, roles::BODY));
    let unbroken = body.is_none_or(|body| printer.same_line(body + 1));
    unbroken && printer.kind(from) != K::At && printer.width(from, to, WIDTH).is_some()
}

fn item(printer: &mut Printer<'_>, from: usize, to: usize, single: bool) {
    let mut from = from;
    while printer.kind(from) == K::At {
        let Some(close) = printer.partner(from + 1) else {
            break;
        };
        printer.flat(from, close + 1);
        from = close + 1;
        printer.newline(from, 0);
    }
    if single {
        printer.flat(from, to);
        return;
    }
    if let Some(body) = (from..to).find(|at| printer.has(*at, roles::BODY)) {
        sequence(printer, from, body + 1, 0);
        if let Some(close) = printer.partner(body) {
            clauses(printer, body + 1, close, 2);
            printer.comments(close, 2);
            printer.newline(close, 0);
            printer.flat(close, to);
        }
        return;
    }
    if printer.kind(from) != K::Def {
        sequence(printer, from, to, 0);
        return;
    }
    let equal = top_level(printer, from, to)
        .find(|at| printer.kind(*at) == K::Equal)
        .unwrap_or(to - 1);
    sequence(printer, from, equal + 1, 0);
    if printer.fits(equal + 1, to) {
        printer.flat(equal + 1, to);
    } else if printer.has(equal + 1, roles::CLAUSE) {
        clauses(printer, equal + 1, to, 2);
    } else if printer.kind(equal + 1) == K::OpenBrace {
        sequence(printer, equal + 1, to, 0);
    } else {
        printer.newline(equal + 1, 2);
        lay(printer, equal + 1, to, 2);
    }
}

/// The tokens of `from..to` that stand in no bracket and no `case` of it.
fn top_level<'a>(
    printer: &'a Printer<'_>,
    from: usize,
    to: usize,
) -> impl Iterator<Item = usize> + 'a {
    let mut at = from;
    std::iter::from_fn(move || {
        let here = at;
        if here >= to {
            return None;
        }
        at = printer
            .extent(here)
            .filter(|end| *end < to)
            .map_or(here + 1, |end| end + 1);
        Some(here)
    })
}

/// Clauses, each on a line.
fn clauses(printer: &mut Printer<'_>, from: usize, to: usize, indent: usize) {
    let mut starts: Vec<usize> = top_level(printer, from, to)
        .filter(|at| *at > from && printer.has(*at, roles::CLAUSE))
        .collect();
    if from < to {
        starts.insert(0, from);
    }
    starts.push(to);
    for pair in starts.windows(2) {
        let &[from, to] = pair else { continue };
        printer.newline(from, indent);
        clause(printer, from, to, indent);
    }
}

/// One clause: a list that is too long has an item a line, aligned behind the keyword.
fn clause(printer: &mut Printer<'_>, from: usize, to: usize, indent: usize) {
    // Comments above the clause, so that what is left of the line is known.
    printer.comments(from, indent);
    if printer.fits(from, to) {
        printer.flat(from, to);
        return;
    }
    let words = match printer.kind(from) {
        K::Select | K::Let | K::With | K::Returning => 1,
        K::Group | K::Order => 2,
        _ => {
            lay(printer, from, to, indent);
            return;
        }
    };
    let behind = (from + words).min(to);
    let width: usize = printer.width(from, behind, WIDTH).unwrap_or(0);
    let align = indent + width + 1;
    printer.flat(from, behind);
    list(printer, behind, to, align, false);
}

/// Items with commas between, each on a line; the first where the printer stands unless `broken`.
fn list(printer: &mut Printer<'_>, from: usize, to: usize, indent: usize, broken: bool) {
    let mut from = from;
    let mut broken = broken;
    let commas: Vec<usize> = top_level(printer, from, to)
        .filter(|at| printer.kind(*at) == K::Comma)
        .collect();
    for end in commas.into_iter().map(|comma| comma + 1).chain([to]) {
        if from >= end {
            break;
        }
        if broken {
            printer.newline(from, indent);
        }
        lay(printer, from, end, indent);
        from = end;
        broken = true;
    }
}

/// A condition or value: on one line, else broken before its loosest operators, else in its brackets.
fn lay(printer: &mut Printer<'_>, from: usize, to: usize, indent: usize) {
    if from >= to {
        return;
    }
    if printer.is_fresh() {
        printer.comments(from, indent);
    }
    if printer.fits(from, to) {
        printer.flat(from, to);
        return;
    }
    let points = breaks(printer, from, to);
    let mut from = from;
    for point in points {
        lay(printer, from, point, indent);
        printer.newline(point, indent + 2);
        from = point;
    }
    sequence(printer, from, to, indent);
}

/// The tokens before which the loosest construct of `from..to` may break.
fn breaks(printer: &Printer<'_>, from: usize, to: usize) -> Vec<usize> {
    const LOOSEST: &[&[K]] = &[
        &[K::When],
        &[K::On],
        &[K::Or],
        &[K::And],
        &[K::DoubleQuestion],
        &[K::DoublePipe],
    ];
    for kinds in LOOSEST {
        let mut between = false;
        let mut points = Vec::new();
        for at in top_level(printer, from, to).filter(|at| !printer.has(*at, roles::NAME)) {
            let kind = printer.kind(at);
            if kind == K::Between {
                between = true;
            } else if kind == K::And && between {
                between = false;
            } else if at > from && kinds.contains(&kind) {
                points.push(at);
            }
        }
        if !points.is_empty() {
            return points;
        }
    }
    Vec::new()
}

/// Tokens one behind the other; a bracket or `case` that does not fit is broken.
fn sequence(printer: &mut Printer<'_>, from: usize, to: usize, indent: usize) {
    let mut at = from;
    while at < to {
        match printer.extent(at).filter(|end| *end < to) {
            Some(end) => {
                // A comma or bracket behind it belongs to the line.
                let glued = usize::from(
                    matches!(printer.kind(end + 1), K::Comma | K::CloseParen) && end + 1 < to,
                );
                if printer.fits(at, end + 1 + glued) || end == at + 1 {
                    printer.flat(at, end + 1);
                } else if printer.kind(at) == K::Case {
                    case(printer, at, end, indent);
                } else {
                    bracket(printer, at, end, indent);
                }
                at = end + 1;
            }
            None => {
                printer.token(at);
                at += 1;
            }
        }
    }
}

/// A bracket over several lines.
fn bracket(printer: &mut Printer<'_>, open: usize, close: usize, indent: usize) {
    let inner = indent + 2;
    printer.token(open);
    let is_pipeline = top_level(printer, open + 1, close).any(|at| printer.has(at, roles::CLAUSE));
    if is_pipeline {
        clauses(printer, open + 1, close, inner);
    } else {
        list(printer, open + 1, close, inner, true);
    }
    printer.comments(close, inner);
    printer.newline(close, indent);
    printer.token(close);
}

/// A `case` over several lines: each branch on its own.
fn case(printer: &mut Printer<'_>, case: usize, end: usize, indent: usize) {
    let inner = indent + 2;
    let points: Vec<usize> = top_level(printer, case + 1, end)
        .filter(|at| {
            matches!(printer.kind(*at), K::When | K::Else) && !printer.has(*at, roles::NAME)
        })
        .collect();
    printer.token(case);
    let mut from = case + 1;
    for point in points {
        sequence(printer, from, point, inner);
        printer.newline(point, inner);
        from = point;
    }
    sequence(printer, from, end, inner);
    printer.comments(end, inner);
    printer.newline(end, indent);
    printer.token(end);
}
