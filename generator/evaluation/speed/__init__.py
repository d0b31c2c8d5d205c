"""The speed study of the conditional search: ours against every exact peer, in one run on the same data.

    run             from what was asked to the report: plan, measure, write
    cases           which questions are asked
    datasets        what is searched: drawn with a seed, or read from a file of features
    peers/          who searches; each optional library has one home there
    comparison      whether two engines found the same
    all_filters     what the first question costs, engines taking turns
    single_query    what the second one costs
    study           every question asked of every engine, and what was measured before
    records         questions, measurements
    report          measurements -> table.md, table.csv, machine.json
    plots           measurements -> SVG                                                    [matplotlib]
    page_rendering  another study: how fast pages of works are written

    n points, d dimensions, k neighbors, q queries, c cells: the letters of condtree

Two questions. *filters*: for every row the nearest k of every cell, as a build asks. *query*: the nearest k to a
vector that is nobody's, among the rows whose cell a condition allows.
"""
