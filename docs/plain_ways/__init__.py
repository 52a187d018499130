"""The plain ways of a spreadsheet on made-up companies, beside what truly became of the leads.

A made-up company's history goes on behind its last day: that is the truth. The plain ways see
what a CRM shows on the last day, and so do the statistics of the audit.
"""
