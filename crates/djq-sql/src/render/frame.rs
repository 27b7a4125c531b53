//! sea-query's part: the frame of a SELECT.
//!
//! Its own back ends quote every name, know no joined table as an operand and write `INNER JOIN`; this one
//! writes what `legalize` decided, so it is the same for all dialects but for the quotes.

use super::name;
use sea_query::{
    BinOper, DynIden, EscapeBuilder, ExplainStatement, Expr, JoinType, Oper, OperLeftAssocDecider,
    PrecedenceDecider, QueryBuilder, Quote, QuotedBuilder, SelectInto, SqlWriter,
    SubQueryStatement, TableRef, TableRefBuilder, Value,
};

/// The back end.
pub(super) struct Frame {
    quote: char,
}

impl Frame {
    pub(super) fn new(quote: char) -> Self {
        Self { quote }
    }
}

impl QuotedBuilder for Frame {
    fn quote(&self) -> Quote {
        Quote::new(if self.quote == '`' { b'`' } else { b'"' })
    }

    fn prepare_iden(&self, iden: &DynIden, sql: &mut impl SqlWriter) {
        let mut quoted = String::new();
        name::write(&mut quoted, &iden.inner(), self.quote);
        let _ = sql.write_str(&quoted);
    }
}

impl QueryBuilder for Frame {
    /// A derived table or a joined unit stands in a list of one value.
    fn prepare_table_ref(&self, table: &TableRef, sql: &mut impl SqlWriter) {
        match table {
            TableRef::ValuesList(rows, _) => {
                for value in rows.iter().flat_map(|row| row.clone().into_iter()) {
                    sql.push_param(value, self);
                }
            }
            table => self.prepare_table_ref_iden(table, sql),
        }
    }

    fn prepare_join_type(&self, kind: &JoinType, sql: &mut impl SqlWriter) {
        let _ = sql.write_str(match kind {
            JoinType::CrossJoin => "CROSS JOIN",
            JoinType::LeftJoin => "LEFT JOIN",
            JoinType::RightJoin => "RIGHT JOIN",
            JoinType::FullOuterJoin => "FULL JOIN",
            _ => "JOIN",
        });
    }

    fn prepare_value(&self, value: Value, sql: &mut impl SqlWriter) {
        sql.push_param(value, self);
    }

    fn prepare_query_statement(&self, query: &SubQueryStatement, sql: &mut impl SqlWriter) {
        if let SubQueryStatement::SelectStatement(select) = query {
            self.prepare_select_statement(select, sql);
        }
    }

    fn prepare_select_into(&self, _: &SelectInto, _: &mut impl SqlWriter) {}

    fn prepare_explain_statement(&self, _: &ExplainStatement, _: &mut impl SqlWriter) {}
}

impl TableRefBuilder for Frame {}

impl EscapeBuilder for Frame {}

impl OperLeftAssocDecider for Frame {
    fn well_known_left_associative(&self, _: &BinOper) -> bool {
        false
    }
}

impl PrecedenceDecider for Frame {
    fn inner_expr_well_known_greater_precedence(&self, _: &Expr, _: &Oper) -> bool {
        false
    }
}
