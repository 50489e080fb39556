"""How satisfied complainants are: an anonymous survey after the end of a case, its index and its report.

Permenpan-RB 14/2017. What is kept are counts of five answers and more, never an answer (decision 41).
"""
