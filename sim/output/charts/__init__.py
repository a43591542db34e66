"""Figures as pure functions of the tables a run leaves behind; each is a plain Plotly figure: data and layout."""
