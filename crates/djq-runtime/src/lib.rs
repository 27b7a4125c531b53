//! What generated Rust code needs to run djq queries; one feature for each driver.
