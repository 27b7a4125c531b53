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

use crate::{
    legal::LegalPlan,
    rendered::{Piece, Rendered, Statement},
};

/// The SQL of a legal plan.
#[must_use]
pub fn render(plan: LegalPlan<'_>) -> Rendered {
    Rendered {
        statements: plan
            .statements
            .into_iter()
            .map(|statement| {
                let written = text::write(&statement, plan.dialect);
                let sql = layout::lay_out(&written.sql, plan.dialect.quote());
                Statement {
                    pieces: if statement.guarded {
                        guards::cut(&written, &sql, &statement.slots)
                    } else {
                        vec![Piece {
                            guard: None,
                            sql: sql.into(),
                            slots: written.bound,
                            places: Vec::new(),
                        }]
                    },
                    placeholders: plan.dialect.placeholders(),
                    columns: statement.columns,
                    parent: statement.parent.cloned(),
                }
            })
            .collect(),
        row: plan.row.to_vec(),
        functions: plan.functions,
    }
}
