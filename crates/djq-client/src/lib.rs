//! Runs compiled queries on a database named by a URL, with values known only at run time.
