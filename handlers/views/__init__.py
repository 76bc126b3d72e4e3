"""What people see: pure functions, records in, a View out; one module a column."""
