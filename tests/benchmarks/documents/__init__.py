"""A corpus of made-up documents whose facts are known: many forms, file formats, spellings and kinds of damage.

    python -m tests.benchmarks.documents write --out DIR --documents 1000 --seed 7
    python -m tests.benchmarks.documents score DIR --jobs 2

`write` makes the files and, beside each, the facts that were put into it; the same seed gives the same bytes. `score`
reads the files as `inspect` does and tells recall, precision and speed for each kind of fact. The writing side knows
nothing of the recogniser: its labels, words and rules are its own.
"""
