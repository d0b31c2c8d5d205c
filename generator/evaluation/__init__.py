"""The speed study of the conditional search: ours against every exact peer, in one run on the same data.

    points    what is searched: drawn with a seed, or read from a file of features
    peers/    who searches; each optional library has one home there
    answers   whether two engines found the same
    measure   what a question costs, its engines taking turns
    memory    how much memory is free, and how much a call took
    machine   what the figures were measured on, and the limits of that machine
    study     which questions are asked, in which order, and what was measured before
    report    measurements -> table.md, table.csv, machine.json
    plots     measurements -> SVG                                                        [matplotlib]

    n points, d dimensions, k neighbors, q queries, c cells: the letters of condtree

Two questions. *filters*: for every row the nearest k of every cell, as a build asks. *query*: the nearest k to a
vector that is nobody's, among the rows whose cell a condition allows.
"""
