//! From the relational plan to the SQL of each dialect.
