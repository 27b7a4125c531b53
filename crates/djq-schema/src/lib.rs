//! Django models, fields and relations, found by Django's names, and the schema snapshot file.
