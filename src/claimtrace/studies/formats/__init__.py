"""Bibliographic formats, one module each; ``recognise.py`` knows which file is which.

A module offers ``detect(head)``, which looks at the beginning of a file's text, and ``read(source)``, which streams
what the file holds. Adding a format is one module here and one line in ``recognise.py``.
"""
