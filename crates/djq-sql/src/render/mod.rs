//! From a legal plan to text: nothing is decided here, and nothing can fail.
//!
//! sea-query writes the frame of each SELECT. An expression is a value to it, which it hands back at the
//! place where it belongs; [`text`] then writes the expression there. So no tree is copied, and bound values
//! are numbered in the order in which they stand in the text.

mod expression;
mod frame;
mod from;
mod guards;
mod keywords;
mod layout;
mod name;
mod text;
mod write;

use crate::{
    legal::LegalPlan,
    rendered::{Does, Piece, Rendered, Slot, Statement},
};

/// The SQL of a legal plan.
#[must_use]
pub fn render(plan: LegalPlan<'_>) -> Rendered {
    let dialect = plan.dialect;
    let placeholders = dialect.placeholders();
    let pieces = |written: text::Written, guarded: bool, slots: &[Slot]| {
        let sql = layout::lay_out(&written.sql, dialect.quote());
        if guarded {
            guards::cut(&written, &sql, slots)
        } else {
            vec![Piece {
                guard: None,
                sql: sql.into(),
                slots: written.bound,
                places: Vec::new(),
            }]
        }
    };
    let reads = plan.statements.into_iter().map(|statement| {
        let (slots, guarded) = (&statement.slots, statement.guarded);
        let written = text::write(
            &statement.query,
            statement.lock.as_ref(),
            slots,
            guarded,
            &statement.setting,
            dialect,
        );
        Statement {
            pieces: pieces(written, guarded, slots),
            placeholders,
            columns: statement.columns,
            parent: statement.parent.cloned(),
            does: Does::Read,
        }
    });
    let writes = plan.writes.into_iter().map(|statement| Statement {
        pieces: pieces(
            text::write_change(&statement, dialect),
            statement.guarded,
            &statement.slots,
        ),
        placeholders,
        columns: statement.columns,
        parent: None,
        does: statement.does,
    });
    Rendered {
        statements: reads.chain(writes).collect(),
        row: plan.row.to_vec(),
        functions: plan.functions,
    }
}
