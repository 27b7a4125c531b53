//! What is there only when a guard holds: where it begins and ends in the text, and what stands between such parts.
//!
//! A list's words (` WHERE `, ` AND `) are parts of their own where it depends on the guards whether they are there.

use super::text::{Text, Written};
use crate::{
    dialect::Binding,
    legal::{Chain, Expr, From, Item, Select},
    rendered::{Piece, Slot},
};
use djq_check::hir::Guard;

/// A place in the text behind which this guard says whether the text is there.
pub(super) struct Cut {
    at: usize,
    guard: Option<Guard>,
}

/// Where a placeholder stands, and for which slot.
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) place: usize,
}

impl Select<'_> {
    /// Whether it has a part of its own that is guarded.
    pub(super) fn has_guards(&self) -> bool {
        let conditions = self.filter.iter().chain(&self.having);
        let mut conditions = conditions.flat_map(operands);
        let mut from = self.from.as_ref();
        let mut joined = false;
        while let Some(From::Join { left, guard, .. }) = from {
            joined |= guard.is_some();
            from = Some(left);
        }
        joined
            || conditions.any(|condition| condition.guard().is_some())
            || self.items.iter().any(|item| item.value.guard().is_some())
            || self.group_by.iter().any(|key| key.guard().is_some())
    }
}

/// Conditions that all must be true.
fn operands<'e, 'a>(condition: &'e Expr<'a>) -> &'e [Expr<'a>] {
    match condition {
        Expr::Chain(Chain::And, operands) => operands,
        other => std::slice::from_ref(other),
    }
}

impl<'a> Text<'a> {
    /// What is there when the guard holds.
    pub(super) fn when(&mut self, guard: Option<&Guard>, write: impl FnOnce(&mut Self)) {
        let known: Vec<&Guard> = self.guards.iter().collect();
        let Some(guard) = guard.filter(|guard| !Guard::all_imply(&known, guard)) else {
            write(self);
            return;
        };
        self.guards.push(guard.clone());
        self.cut();
        write(self);
        self.guards.pop();
        self.cut();
    }

    fn cut(&mut self) {
        let guard = match self.guards.as_slice() {
            [] => None,
            [guard] => Some(guard.clone()),
            guards => guards.iter().cloned().reduce(Guard::and),
        };
        self.cuts.push(Cut {
            at: self.sql.len(),
            guard,
        });
    }

    /// A list: words in front of it, between its members, and behind it, none where no member is there.
    pub(super) fn sequence<'g, T>(
        &mut self,
        [open, between, close]: [&'static str; 3],
        members: impl Iterator<Item = (Option<&'g Guard>, T)> + Clone,
        mut write: impl FnMut(&mut Self, T),
    ) {
        let count = members.clone().count();
        if count == 0 {
            return;
        }
        let always = members.clone().any(|(guard, _)| guard.is_none());
        if !always {
            let mut guards: Vec<&Guard> = Vec::new();
            for guard in members.clone().filter_map(|(guard, _)| guard) {
                if guards.last() != Some(&guard) {
                    guards.push(guard);
                }
            }
            if are_exclusive(&guards) {
                self.alternatives([open, between, close], members, write);
                return;
            }
        }
        let any = (!always).then(|| {
            let guards = members.clone().filter_map(|(guard, _)| guard);
            any_of(guards)
        });
        let any = any.filter(|any| !any.is_always());
        self.when(any.as_ref(), |text| text.push(open));
        // What stands in front of a member: the guards of those, until one is surely there.
        let mut before: Vec<&Guard> = Vec::new();
        let mut surely = false;
        for (place, (guard, member)) in members.enumerate() {
            let separator = match guard {
                _ if place == 0 => Separator::None,
                _ if surely => Separator::Own,
                None => Separator::When(any_of(before.iter().copied())),
                Some(guard) => separator(guard, &before),
            };
            if let Separator::When(guard) = &separator {
                self.when(Some(guard), |text| text.push(between));
            }
            self.when(guard, |text| {
                match separator {
                    Separator::Own => text.push(between),
                    // Never beside the one in front, but beside its text while that is laid out.
                    Separator::None if place > 0 => text.push(" "),
                    Separator::None | Separator::When(_) => {}
                }
                write(text, member);
            });
            match guard {
                None => surely = true,
                Some(guard) => {
                    before.push(guard);
                    surely = surely || any_of(before.iter().copied()).is_always();
                }
            }
        }
        if !close.is_empty() {
            self.when(any.as_ref(), |text| text.push(close));
        }
    }

    /// A list of which only members with the same guard are ever there together: each with words of its own.
    fn alternatives<'g, T>(
        &mut self,
        [open, between, close]: [&'static str; 3],
        members: impl Iterator<Item = (Option<&'g Guard>, T)>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        let mut members = members.peekable();
        let mut first = true;
        while let Some((guard, member)) = members.next() {
            let first = std::mem::take(&mut first);
            self.when(guard, |text| {
                if !first && !open.starts_with(' ') {
                    text.push(" ");
                }
                text.push(open);
                write(text, member);
                while let Some((_, member)) = members.next_if(|(other, _)| *other == guard) {
                    text.push(between);
                    write(text, member);
                }
                text.push(close);
            });
        }
    }

    /// Conditions that all must be true, where they are a value: true if none of them is there.
    pub(super) fn guarded_chain(&mut self, operands: &'a [Expr<'a>]) {
        let always = operands.iter().filter(|operand| operand.guard().is_none());
        let mut first = true;
        for operand in always {
            if !std::mem::take(&mut first) {
                self.push(" AND ");
            }
            self.operand(operand, Binding::Not);
        }
        if first {
            self.push("TRUE");
        }
        for operand in operands.iter().filter(|operand| operand.guard().is_some()) {
            self.when(operand.guard(), |text| {
                text.push(" AND ");
                text.operand(operand.unguarded(), Binding::Not);
            });
        }
    }

    /// A SELECT with parts that may not be there. Its frame is sea-query's as far as it always is.
    pub(super) fn guarded_select(&mut self, select: &'a Select<'a>) {
        let mut statement = sea_query::Query::select();
        self.begin_select(select, &mut statement);
        self.read(select, &mut statement);
        self.frame(&statement);
        self.conditions(" WHERE ", select.filter.as_ref());
        let keys = select.group_by.iter().map(|key| (key.guard(), key));
        self.sequence([" GROUP BY ", ", ", ""], keys, |text, key| {
            text.expression(key.unguarded());
        });
        self.conditions(" HAVING ", select.having.as_ref());
    }

    /// Conditions that all must be true, behind a word that is there if one of them is.
    pub(super) fn conditions(&mut self, word: &'static str, condition: Option<&'a Expr<'a>>) {
        let Some(condition) = condition else { return };
        let operands = operands(condition);
        // What is surely there first: then what follows needs no words of its own.
        let always = operands.iter().filter(|operand| operand.guard().is_none());
        let guarded = operands.iter().filter(|operand| operand.guard().is_some());
        let several = operands.len() > 1;
        let members = always
            .chain(guarded)
            .map(|operand| (operand.guard(), operand));
        self.sequence([word, " AND ", ""], members, |text, operand| {
            if several {
                text.operand(operand.unguarded(), Binding::Not);
            } else {
                text.expression(operand.unguarded());
            }
        });
    }

    /// The items of a SELECT.
    pub(super) fn items(&mut self, items: &'a [Item<'a>]) {
        let members = items.iter().map(|item| (item.value.guard(), item));
        self.sequence(["", ", ", ""], members, |text, item| {
            let value = item.value.unguarded();
            text.expression(value);
            let named = match value {
                Expr::Column(_, column) | Expr::Name(column) => *column == item.name,
                _ => false,
            };
            if !item.name.is_empty() && !named {
                text.push(" AS ");
                text.name(&item.name);
            }
        });
    }
}

/// Whether no two of these hold together.
fn are_exclusive(guards: &[&Guard]) -> bool {
    guards.iter().enumerate().all(|(place, guard)| {
        let behind = guards.get(place + 1..).unwrap_or(&[]);
        behind.iter().all(|other| guard.excludes(other))
    })
}

/// What stands in front of a guarded member of a list.
enum Separator {
    None,
    /// It is part of the member.
    Own,
    /// It is there where this holds.
    When(Guard),
}

/// What stands in front of a member, behind others of which none is surely there.
fn separator(guard: &Guard, before: &[&Guard]) -> Separator {
    let any = any_of(before.iter().copied());
    if guard.implies(&any) {
        Separator::Own
    } else if guard.excludes(&any) {
        Separator::None
    } else {
        Separator::When(guard.clone().and(any))
    }
}

fn any_of<'g>(guards: impl Iterator<Item = &'g Guard>) -> Guard {
    let mut any: Vec<Guard> = Vec::new();
    for guard in guards {
        if !any.contains(guard) {
            any.push(guard.clone());
        }
    }
    match any.len() {
        1 => any.swap_remove(0),
        _ => Guard::Any(any),
    }
}

/// The pieces of a statement: `laid_out` is its text with other white space between its tokens.
pub(super) fn cut(written: &Written, laid_out: &str, slots: &[Slot]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![piece(None)];
    let mut cuts = written.cuts.iter().peekable();
    let mut marks = written.marks.iter().peekable();
    // Both texts, character by character but for white space, which belongs to what stands behind it.
    let mut out = laid_out.char_indices().peekable();
    let mut taken = 0;
    let mut sql: Vec<String> = vec![String::new()];
    for (at, character) in written.sql.char_indices() {
        if character.is_whitespace() {
            continue;
        }
        let mut guard = None;
        while let Some(cut) = cuts.next_if(|cut| cut.at <= at) {
            guard = Some(&cut.guard);
        }
        if let Some(guard) = guard
            && pieces.last().is_some_and(|last| last.guard != *guard)
        {
            pieces.push(piece(guard.clone()));
            sql.push(String::new());
        }
        let (Some(piece), Some(sql)) = (pieces.last_mut(), sql.last_mut()) else {
            continue;
        };
        while out.next_if(|(_, other)| other.is_whitespace()).is_some() {}
        let start = out.peek().map_or(laid_out.len(), |(start, _)| *start);
        out.next();
        let end = out.peek().map_or(laid_out.len(), |(end, _)| *end);
        while marks.next_if(|mark| mark.end <= at).is_some() {}
        match marks.peek() {
            Some(mark) if mark.start <= at => {
                // The placeholder's own characters are left out.
                if mark.start == at {
                    sql.push_str(laid_out.get(taken..start).unwrap_or(""));
                    if let Some(slot) = slots.get(mark.place) {
                        piece.places.push(sql.len());
                        piece.slots.push(slot.clone());
                    }
                }
            }
            _ => sql.push_str(laid_out.get(taken..end).unwrap_or("")),
        }
        taken = end;
    }
    for (piece, sql) in pieces.iter_mut().zip(sql) {
        piece.sql = sql.into();
    }
    pieces.retain(|piece| !piece.sql.is_empty() || !piece.slots.is_empty());
    pieces
}

fn piece(guard: Option<Guard>) -> Piece {
    Piece {
        guard,
        sql: Box::default(),
        slots: Vec::new(),
        places: Vec::new(),
    }
}
