"""The office: who holds which post when, its calendar and working time, its clock, how it writes days."""
