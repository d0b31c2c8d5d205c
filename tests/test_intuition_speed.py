"""What the search costs, as the report of the study of intuition shows it."""

from support.measured import ALL, took

from generator.evaluation.intuition.speed import costs


def test_engines_are_rows_and_questions_columns_from_all_to_few():
    table = costs(ALL)

    assert table.questions == (
        "all 200 filters for all works",
        "one search, no filter",
        "one search, 1 % pass the filter",
    )
    assert dict(table.rows) == {"ours": ("0.25 s", "100 µs", "9 µs"), "theirs": ("about 7 s", "200 µs", "8 µs")}


def test_the_fastest_stands_out_whoever_it_is():
    assert costs(ALL).best == ("ours", "ours", "theirs")


def test_a_machine_that_others_used_is_told():
    assert "measure again" in costs([took("ours", 1e-4, others=0.5)]).about
    assert "measure again" not in costs([took("ours", 1e-4, others=0.01)]).about


def test_without_measurements_there_is_no_table():
    assert costs([]).rows == ()
