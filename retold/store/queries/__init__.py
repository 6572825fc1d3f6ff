"""What each page asks of the database: one module per page, plain functions over a connection, plain data back."""
