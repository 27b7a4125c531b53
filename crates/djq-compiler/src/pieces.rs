//! A compiled query's statements as people read them: guarded ones piece by piece, and as two examples of them.

use djq_check::{
    Comparison, Guard, Interface, compare,
    hir::{Literal, ParamId},
};
use djq_sql::{Rendered, Statement};
use std::{cmp::Ordering, fmt::Write};

/// The statements, each ended by a semicolon. A guarded one is shown piece by piece, each behind a comment that says
/// when it is there; its placeholders are numbered as if all were.
#[must_use]
pub fn statements(sql: &Rendered, interface: &Interface) -> String {
    let mut text = String::new();
    for statement in &sql.statements {
        if let Some(words) = statement.does.words() {
            let _ = writeln!(text, "-- {words}");
        }
        if statement.is_guarded() {
            pieces(statement, interface, &mut text);
        } else {
            text.push_str(&statement.text(&mut |_| true).sql);
        }
        text.push_str(";\n");
    }
    text
}

/// What is sent with every parameter that may be left out given, and with none of them; nothing where no statement is
/// guarded. Where a guard compares, the parameter has its default, else the first value that a guard names.
#[must_use]
pub fn examples(sql: &Rendered, interface: &Interface) -> Option<[String; 2]> {
    if !sql.statements.iter().any(Statement::is_guarded) {
        return None;
    }
    let text = |given: bool| {
        let example = Example {
            interface,
            sql,
            given,
        };
        let mut text = String::new();
        for statement in &sql.statements {
            text.push_str(&statement.text(&mut |guard| example.holds(guard)).sql);
            text.push_str(";\n");
        }
        text
    };
    Some([text(true), text(false)])
}

/// A guard in the words of the query.
#[must_use]
pub fn guard(guard: &Guard, interface: &Interface) -> String {
    guard.show(&|id| {
        let parameter = interface.parameters.get(id.0 as usize);
        format!("${}", parameter.map_or("?", |parameter| &parameter.name))
    })
}

fn pieces(statement: &Statement, interface: &Interface, text: &mut String) {
    let mut bound = Vec::new();
    for (index, piece) in statement.pieces.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        match &piece.guard {
            Some(when) => {
                let _ = writeln!(text, "-- when {}", guard(when, interface));
            }
            None if index > 0 => text.push_str("-- always\n"),
            None => {}
        }
        let mut sql = String::new();
        statement.write(piece, &mut bound, &mut sql);
        // A new line is begun already.
        let sql = sql.trim_start_matches('\n');
        text.push_str(
            sql.strip_prefix(' ')
                .filter(|rest| !rest.starts_with(' '))
                .unwrap_or(sql),
        );
    }
}

/// Parameters' values, as far as guards ask for them.
struct Example<'a> {
    interface: &'a Interface,
    sql: &'a Rendered,
    /// Whether what may be left out is given.
    given: bool,
}

impl Example<'_> {
    fn holds(&self, guard: &Guard) -> bool {
        guard.holds(&mut |atom| match atom {
            Guard::Given(id) => self.is_given(*id),
            Guard::Compare(id, comparison, literal) if self.is_given(*id) => {
                let value = self.value(*id);
                let ordering = value.and_then(|value| compare(&value, literal));
                comparison.accepts(ordering.unwrap_or(Ordering::Greater))
            }
            _ => false,
        })
    }

    fn is_given(&self, id: ParamId) -> bool {
        let parameter = self.interface.parameters.get(id.0 as usize);
        self.given
            || parameter.is_none_or(|parameter| !parameter.optional || parameter.default.is_some())
    }

    fn value(&self, id: ParamId) -> Option<Literal> {
        let parameter = self.interface.parameters.get(id.0 as usize);
        if let Some(default) = parameter.and_then(|parameter| parameter.default.clone()) {
            return Some(default);
        }
        let pieces = self
            .sql
            .statements
            .iter()
            .flat_map(|statement| &statement.pieces);
        let guards = pieces.filter_map(|piece| piece.guard.as_ref());
        let mut first = None;
        for guard in guards {
            guard.holds(&mut |atom| {
                if let Guard::Compare(of, Comparison::Equal, literal) = atom
                    && *of == id
                    && first.is_none()
                {
                    first = Some(literal.clone());
                }
                false
            });
        }
        first
    }
}
