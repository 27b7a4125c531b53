//! sea-query's part: the frame of a SELECT.
//!
//! Its own back ends quote every name, know no joined table as an operand and write `INNER JOIN`; so names and
//! joins are in holes, and this one is the same for all dialects.

use sea_query::{
    BinOper, EscapeBuilder, ExplainStatement, Expr, Oper, OperLeftAssocDecider, PrecedenceDecider,
    QueryBuilder, Quote, QuotedBuilder, SelectInto, SqlWriter, SubQueryStatement, TableRef,
    TableRefBuilder, Value, ValueTuple,
};

/// The back end.
pub(super) struct Frame;

impl QuotedBuilder for Frame {
    /// No name reaches it: names are in holes, and written there.
    fn quote(&self) -> Quote {
        Quote::new(b'"')
    }
}

impl QueryBuilder for Frame {
    /// All that is read stands in a list of one value.
    fn prepare_table_ref(&self, table: &TableRef, sql: &mut impl SqlWriter) {
        if let TableRef::ValuesList(rows, _) = table {
            for row in rows {
                if let ValueTuple::One(value) = row {
                    sql.push_param(value.clone(), self);
                }
            }
        }
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
