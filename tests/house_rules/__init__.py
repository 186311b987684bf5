"""The rules of the house that no off-the-shelf tool knows: shapes, floors, templates.

`python -m tests.house_rules` names every breach and ends with 1; `make check` runs it, and so
does pytest. A breach that has to stand for a while gets a line with a reason and a last day in
`exceptions.py`.
"""
