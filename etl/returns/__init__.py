"""Reads what boards send in: workbooks, CSV files, printed training reports and survey exports.

`text` decodes and tidies, `csv_sheets` and `workbook` read sheets, `guard` runs a reader where it can do no harm, and
`raw` is the one shape that every reader gives. What a row means, and whether it may load, is decided after them.
"""
