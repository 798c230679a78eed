"""The engine's JSON, made into our model. Pure, tolerant, and cleaned: nothing here raises."""
