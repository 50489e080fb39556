"""What needs several rooms: tending cases, the running service, the doctor, laying out an office."""
