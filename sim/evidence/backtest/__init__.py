"""What the model would have said in the first census of the second, for counties it has not learnt from."""
