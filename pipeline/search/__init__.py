"""Finding a case by anything that is written on it: what is asked, what is written, and how the two meet.

Pure. The words lie in an index (``search/store``); here is what a word is, which misreadings of it are believed,
what a question means, and which place of a text answers it.
"""
