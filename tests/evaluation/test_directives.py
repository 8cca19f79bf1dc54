import pytest
from evaluation import directives

from tests.evaluation.builders import directive, dispatch, reference
from vnocr.model import Fields

TASK = "1. Sở Y tế nộp báo cáo về công tác tiêm chủng trước ngày 05/6/2020."
OTHER = "2. Sở Tài chính bố trí kinh phí theo quy định hiện hành của tỉnh."
LEAD = "Chủ tịch tỉnh yêu cầu các cơ quan thực hiện các nội dung sau đây:"


def gold(*items, references=(), **lists):
    return {"directives": list(items), "references": list(references), **lists}


def item(text, assignee=None, deadline=None, **flags):
    return {"text": text, "assignee": assignee, "deadline": deadline, **flags}


def judged(answers, said):
    score = directives.Score()
    details = directives.judge(answers, said, score)
    return score.figures(), details


def test_a_directive_is_found_from_four_fifths_on():
    answers = gold(item(TASK), item(OTHER))
    said = dispatch(directives=[directive(TASK[:-12]), directive("3. Nơi khác làm việc khác.")])
    figures, details = judged(answers, said)
    assert (figures["directives"]["precision"], figures["directives"]["recall"]) == (0.5, 0.5)
    assert details["directives_missed"] == [OTHER]
    assert details["directives_surplus"] == ["3. Nơi khác làm việc khác."]


def test_each_gold_item_is_found_once():
    figures, _ = judged(gold(item(TASK)), dispatch(directives=[directive(TASK)] * 2))
    assert figures["directives"]["found"] == 1
    assert figures["directives"]["given"] == 2


@pytest.mark.parametrize(
    "flags",
    [
        {"optional": True},
        {"closing_formula": True},
        {"execution_clause": True},
        {"kind": "closing"},
    ],
)
def test_neutral_items_count_neither_way(flags):
    answers = gold(item(TASK), item(LEAD, **flags))
    for given in ([TASK], [TASK, LEAD]):
        said = dispatch(directives=[directive(text) for text in given])
        assert judged(answers, said)[0]["directives"]["f1"] == 1


def test_assignee_and_deadline_are_compared_among_those_found():
    answers = gold(
        item(TASK, "Sở Y tế", "2020-06-05"), item(OTHER, "Sở Tài chính"), item(LEAD, "Sở Nội vụ")
    )
    said = dispatch(
        directives=[directive(TASK, "sở Y tế", "2020-06-05"), directive(OTHER, None, "2020-01-01")]
    )
    figures, details = judged(answers, said)
    assert (figures["assignee"], figures["deadline"]) == (0.5, 0.5)
    assert (figures["dated"]["found"], figures["dated"]["wanted"]) == (1, 1)
    assert figures["dated"]["given"] == 2
    assert details["slips"] == [
        {
            "text": OTHER,
            "assignee": ["Sở Tài chính", None],
            "deadline": [None, "2020-01-01"],
        }
    ]


def test_a_slip_of_one_letter_is_near_but_not_right():
    assert directives.same_body("Trung tâm Y tế huyện", "Trung tâm Y tê huyện") == (False, True)
    assert directives.same_body(None, None) == (True, True)
    assert directives.same_body(None, "Sở Y tế") == (False, False)


def test_references_are_compared_by_type_number_and_date():
    answers = gold(
        references=[
            {"type": "Nghị định", "number": "1/2020/NĐ-CP", "date": "2020-01-02"},
            {"type": "Luật", "number": None, "date": None},
        ]
    )
    said = dispatch(
        references=[
            reference("nghị định", "1/2020/NĐ-CP", "2020-01-02"),
            reference("Nghị định", "1/2020/NĐ-CP"),
            reference("Luật", None, "2019-01-01"),
        ]
    )
    figures, details = judged(answers, said)
    assert figures["references"]["found"] == 1
    assert figures["references"]["given"] == 2
    assert details["references_missed"] == ["('luật', '', '')"]


def test_recipients_are_compared_without_bullets_and_case():
    answers = gold(recipients_to=["Các phòng"], recipients_cc=["Như trên", "Lưu: VT, VP"])
    fields = Fields(
        recipients_to=("các phòng.",), recipients_cc=("- Như trên;", "Lưu: VT. VP", "Sở Y tế")
    )
    figures, details = judged(answers, dispatch(fields))
    assert (figures["recipients"]["found"], figures["recipients"]["wanted"]) == (2, 3)
    assert figures["recipients"]["given"] == 4
    assert figures["recipients_near"]["found"] == 3
    assert details["recipients_missed"] == ["Lưu: VT, VP"]
    assert details["recipients_surplus"] == ["Lưu: VT. VP", "Sở Y tế"]


def test_lists_that_the_gold_lacks_are_not_scored():
    figures, _ = judged(gold(), dispatch(Fields(recipients_cc=("Sở Y tế",))))
    assert figures["recipients"]["given"] == 0


def test_a_document_that_fails_finds_nothing():
    figures, _ = judged(gold(item(TASK), recipients=["Như trên"]), None)
    assert figures["directives"]["recall"] == 0
    assert figures["recipients"]["recall"] == 0
    assert figures["assignee"] is None
