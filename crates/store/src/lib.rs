//! One schema and one set of queries on SQLite and PostgreSQL; transactions, audit, jobs, search.
