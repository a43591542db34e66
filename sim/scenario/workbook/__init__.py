"""Scenarios, plans and capacities kept in a workbook: sheets with headings in either language, as plain documents."""
