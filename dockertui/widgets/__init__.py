"""Everything on screen that is not a screen. Generic: none of them knows a Docker noun."""
