"""Places: census rows, national tables, and the base year made of them."""
