"""Training on the chip: loss, back-propagation through time, update of conductances (section 7)."""
