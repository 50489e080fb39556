"""What front ends show, as plain data. Shapes are a public contract; a module per thing shown."""
